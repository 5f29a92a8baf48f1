import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestClock, type TestClock } from '../../test/support/clock.ts'
import { AmiReader } from '../pbx-lab/ami-reader.ts'
import { startSimulator, type Simulator } from './simulator.ts'

let clock: TestClock
let simulator: Simulator
let tracker: AmiReader
let dialler: AmiReader

beforeEach(async () => {
  clock = createTestClock('2026-11-23T02:00:00.000Z')
  simulator = await startSimulator({ clock, random: () => 0.5 })
  tracker = await signIn('hotline-tracker')
  dialler = await signIn('hotline-dialler')
})

afterEach(async () => {
  tracker.close()
  dialler.close()
  await simulator.stop()
})

function signIn(user: string): Promise<AmiReader> {
  return AmiReader.open({ port: simulator.server.port, user, secret: 'simulator' })
}

async function addMember(extension: string): Promise<void> {
  const member = { Queue: 'hotline', Interface: `PJSIP/${extension}`, MemberName: extension }
  expect(await dialler.send({ Action: 'QueueAdd', ...member })).toMatchObject({
    Response: 'Success',
  })
}

/** Names of the events so far; a Ping's answer comes after everything that was sent before it. */
async function heard(): Promise<string[]> {
  await tracker.send({ Action: 'Ping' })
  return tracker.since(0).map((event) => String(event['Event']))
}

describe('a hotline call', () => {
  test('rings every free member, is answered by the fastest, ends, and stands in the journal', async () => {
    await addMember('101')
    await addMember('102')
    const { uniqueid } = simulator.placeCall({
      talkMs: 10_000,
      answerAfterMs: (extension) => (extension === '101' ? 2_000 : 4_000),
    })
    await clock.advance(12_000)
    expect((await heard()).filter((name) => !/Status|FullyBooted|MemberAdded/.test(name))).toEqual([
      'Newchannel',
      'QueueCallerJoin',
      'Newchannel',
      'AgentCalled',
      'DialBegin',
      'Newchannel',
      'AgentCalled',
      'DialBegin',
      'DialEnd',
      'DialEnd',
      'Hangup',
      'QueueCallerLeave',
      'AgentConnect',
      'BridgeEnter',
      'BridgeEnter',
      'AgentComplete',
      'BridgeLeave',
      'BridgeLeave',
      'Hangup',
      'Hangup',
    ])
    const family = await tracker.list({ Action: 'DBGetTree', Family: 'hotline/20261123' })
    expect(family.map((entry) => [entry['Key'], String(entry['Val']).split('|')[3]])).toEqual([
      [`/hotline/20261123/answered/${uniqueid}`, 'hotline'],
      [`/hotline/20261123/ended/${uniqueid}`, 'answered'],
    ])
  })

  test('without members it waits, and is abandoned when patience ends', async () => {
    simulator.placeCall({ patienceMs: 30_000, number: null })
    await clock.advance(1_000)
    const waiting = await tracker.list({ Action: 'QueueStatus' })
    expect(waiting.map((item) => item['Event'])).toEqual(['QueueParams', 'QueueEntry'])
    await clock.advance(30_000)
    expect((await heard()).slice(-3)).toEqual(['QueueCallerAbandon', 'QueueCallerLeave', 'Hangup'])
  })

  test('a phone that nobody picks up is rung again', async () => {
    await addMember('101')
    simulator.placeCall({ answerAfterMs: () => null, patienceMs: 20_000 })
    await clock.advance(17_000)
    const names = await heard()
    expect(names.filter((name) => name === 'AgentCalled')).toHaveLength(2)
    expect(names.filter((name) => name === 'AgentRingNoAnswer')).toHaveLength(1)
  })
})

describe('a callback', () => {
  const order = {
    Action: 'Originate',
    Channel: 'PJSIP/101',
    Context: 'callback-out',
    Exten: '0912000001',
    Priority: '1',
    ChannelId: 'cb-1',
    Async: 'true',
  }

  test('rings the agent, then the customer, under the wanted ChannelId', async () => {
    await dialler.send(order)
    await clock.advance(60_000)
    const names = await heard()
    expect(names.slice(-4)).toEqual(['BridgeLeave', 'BridgeLeave', 'Hangup', 'Hangup'])
    expect(tracker.since(0).findLast((event) => event['Event'] === 'Hangup')).toMatchObject({
      Uniqueid: 'cb-1',
    })
    const family = await tracker.list({ Action: 'DBGetTree', Family: 'hotline/20261123' })
    expect(family.map((entry) => entry['Key'])).toEqual(['/hotline/20261123/callback/cb-1'])
  })

  test('is refused to a user without the right, and to any other context', async () => {
    expect(await tracker.send(order)).toMatchObject({ Message: 'Permission denied' })
    expect(await dialler.send({ ...order, Context: 'agents' })).toMatchObject({ Response: 'Error' })
  })
})

test('a wrong secret is refused', async () => {
  const login = { port: simulator.server.port, user: 'hotline-tracker', secret: 'wrong' }
  await expect(AmiReader.open(login)).rejects.toThrow('Authentication failed')
})
