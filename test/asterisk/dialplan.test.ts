import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { examine } from '../../scripts/doctor/examine.ts'
import { matches, textOf } from '../../scripts/pbx-lab/ami-frames.ts'
import { startLab, type Lab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'

const CUSTOMER = '0912345678'
let lab: Lab
let phone: Phone

beforeAll(async () => {
  lab = await startLab({ queues: { wrapuptime: '0' }, globals: { HOTLINE_NOTICE: '' } })
  phone = await lab.startPhone({ extension: '101', behaviour: 'manual' })
})
afterAll(() => lab.stop())
afterEach(async () => {
  await lab.removeMember('101')
  await lab.endCalls()
})

/** The journal's day (UTC), some days ago. */
function dayBefore(days: number): string {
  const day = new Date(Date.now() - days * 86_400_000)
  return day.toISOString().slice(0, 10).replaceAll('-', '')
}

/** One journal entry of today, its fields split. */
async function journal(kind: string, id: string): Promise<string[] | undefined> {
  return (await lab.journal(dayBefore(0))).get(`${kind}/${id}`)?.split('|')
}

/** Waits until a channel is gone; its journal entry is written by then. */
async function hungUp(id: string, mark: number): Promise<void> {
  await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: id }, mark)
}

/** A call that agent 101 answered and that is bridged. */
async function answeredCall(placed: { from: string; withheld?: boolean; to?: string }) {
  await lab.addMember('101')
  const mark = lab.ami.mark()
  const call = await lab.placeCall(placed)
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  const connect = await lab.ami.waitFor({ Event: 'AgentConnect' }, mark)
  await lab.ami.waitFor({ Event: 'BridgeEnter', BridgeNumChannels: '2' }, mark)
  return { call, atAgent, mark, connect, id: textOf(connect, 'Uniqueid') }
}

test('an answered call is in the journal with its agent, and how it ended', async () => {
  const { call, id, mark, connect } = await answeredCall({ from: CUSTOMER })
  await call.hangup()
  await hungUp(id, mark)
  const [version, answeredAt, receivedAt, ...rest] = (await journal('answered', id)) ?? []
  expect(version).toBe('v1')
  expect(Number(answeredAt)).toBeGreaterThanOrEqual(Number(receivedAt))
  expect(Math.abs(Number(receivedAt) - Date.now())).toBeLessThan(60_000)
  expect(rest).toEqual(['hotline', 'PJSIP/101', textOf(connect, 'HoldTime'), CUSTOMER, id])
  const ended = await journal('ended', id)
  expect(ended?.slice(2)).toEqual([receivedAt, 'answered', '16', 'hotline', CUSTOMER])
})

test('whom a full queue does not let in was in no queue', async () => {
  const full = await startLab({ queues: { maxlen: '1' }, globals: { HOTLINE_NOTICE: '' } })
  try {
    const mark = full.ami.mark()
    const first = await full.placeCall({ from: CUSTOMER })
    await full.ami.waitFor({ Event: 'QueueCallerJoin' }, mark)
    const later = full.ami.mark()
    const second = await full.placeCall({ from: '0912345679' })
    const gone = await full.ami.waitFor({ Event: 'Hangup', CallerIDNum: '0912345679' }, later)
    const entries = await full.journal(dayBefore(0))
    const ended = entries.get(`ended/${textOf(gone, 'Uniqueid')}`)?.split('|')
    expect(ended?.slice(3)).toEqual(['no_agents', '16', '', '0912345679', 'hotline'])
    expect(await second.outcome).toMatchObject({ by: 'them', wasUp: true })
    await first.hangup()
  } finally {
    await full.stop()
  }
})

test('the recording stands under the day and the uniqueid of the caller', async () => {
  const { call, id, mark } = await answeredCall({ from: CUSTOMER })
  await call.hangup()
  await hungUp(id, mark)
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/')
  expect(existsSync(join(lab.recordingsDir, 'hotline', day, `${id}.wav`))).toBe(true)
})

test('a caller who gives up in the queue is abandoned, not answered', async () => {
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from: CUSTOMER })
  const entry = await lab.ami.waitFor({ Event: 'QueueCallerJoin' }, mark)
  await call.hangup()
  await hungUp(textOf(entry, 'Uniqueid'), mark)
  expect((await journal('ended', textOf(entry, 'Uniqueid')))?.[3]).toBe('abandoned')
  expect(await journal('answered', textOf(entry, 'Uniqueid'))).toBeUndefined()
})

test('a caller who leaves during the recording notice has its own word', async () => {
  const notice = { Action: 'Setvar', Variable: 'HOTLINE_NOTICE' }
  await lab.ami.send({ ...notice, Value: 'hotline/recording-notice' })
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from: CUSTOMER })
  const entry = await lab.ami.waitFor({ Event: 'Newchannel' }, mark)
  await call.sip.up
  await call.hangup()
  await hungUp(textOf(entry, 'Uniqueid'), mark)
  await lab.ami.send({ ...notice, Value: '' })
  expect((await journal('ended', textOf(entry, 'Uniqueid')))?.[3]).toBe('left_in_notice')
})

test('the first answer stays in the journal when the caller is transferred, whom no key takes away', async () => {
  const second = await lab.startPhone({ extension: '102', behaviour: 'manual' })
  const { call, atAgent, id, mark } = await answeredCall({ from: CUSTOMER })
  const first = await journal('answered', id)
  await atAgent.transfer('8001')
  await lab.ami.waitFor({ Event: 'QueueCallerJoin', Queue: 'hotline-tech' }, mark)
  await call.sip.press('1')
  await lab.ami.waitFor({ Event: 'DTMFEnd', Digit: '1', Direction: 'Received' }, mark)
  await lab.addMember('102', 'hotline-tech')
  const atSecond = await second.waitForCall()
  atSecond.answer()
  await lab.ami.waitFor({ Event: 'AgentConnect', Queue: 'hotline-tech' }, mark)
  const inTech = lab.ami.since(mark).filter((frame) => frame['Queue'] === 'hotline-tech')
  expect(inTech.filter((frame) => frame['Event'] === 'QueueCallerJoin')).toHaveLength(1)
  await call.hangup()
  await hungUp(id, mark)
  expect(await journal('answered', id)).toEqual(first)
  expect((await journal('ended', id))?.[5]).toBe('hotline-tech')
  second.stop()
})

test('a withheld number reaches no phone, no queue event and no journal', async () => {
  const { call, atAgent, connect, id, mark } = await answeredCall({
    from: '0900000001',
    withheld: true,
  })
  await call.hangup()
  await hungUp(id, mark)
  expect(atAgent.caller).not.toContain('0900000001')
  expect(textOf(connect, 'CallerIDNum')).toBe('anonymous')
  expect(connect['ChanVariable']).toEqual(['HOTLINE=19000382', 'HOTLINE_CLI=withheld'])
  expect((await journal('answered', id))?.[6]).toBe('withheld')
  expect((await journal('ended', id))?.[6]).toBe('withheld')
})

test('only digits and + of a caller number pass the ingress', async () => {
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from: '+84-912.345(678)ab%7c%0aEvent%3a%20Hangup' })
  const entry = await lab.ami.waitFor({ Event: 'QueueCallerJoin' }, mark)
  await call.hangup()
  await hungUp(textOf(entry, 'Uniqueid'), mark)
  expect(textOf(entry, 'CallerIDNum')).toBe('+84912345678')
  expect((await journal('ended', textOf(entry, 'Uniqueid')))?.[6]).toBe('+84912345678')
})

test.each(['8419000382', '+8419000382', '019000382', '02473000382', '+842473000382'])(
  'the alias %s is the hotline 19000382',
  async (to) => {
    const mark = lab.ami.mark()
    const call = await lab.placeCall({ from: CUSTOMER, to })
    const entry = await lab.ami.waitFor({ Event: 'QueueCallerJoin' }, mark)
    await call.hangup()
    await hungUp(textOf(entry, 'Uniqueid'), mark)
    expect(entry['ChanVariable']).toEqual(['HOTLINE=19000382', 'HOTLINE_CLI=allowed'])
  },
)

test.each(['101', '8000', '0912345678', '*8', '18001166'])(
  'the carrier cannot dial %s',
  async (to) => {
    const call = await lab.placeCall({ from: CUSTOMER, to })
    expect(await call.outcome).toEqual({ by: 'them', wasUp: false, status: 404 })
  },
)

test("an agent's direct number is a hotline call without a queue", async () => {
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from: CUSTOMER, to: '02473000101' })
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  const bridged = { Event: 'BridgeEnter', BridgeNumChannels: '2' }
  const enter = await lab.ami.waitFor(bridged, mark)
  await call.hangup()
  const id = textOf(enter, 'Linkedid')
  await hungUp(id, mark)
  expect((await journal('answered', id))?.slice(3, 5)).toEqual(['direct', 'PJSIP/101'])
  expect(lab.ami.since(mark).some((event) => matches(event, { Event: 'QueueCallerJoin' }))).toBe(
    false,
  )
})

test('journal days older than a week are forgotten by the first call of a day', async () => {
  const put = { Action: 'DBPut', Val: 'v1|0' }
  await lab.ami.send({ ...put, Family: `hotline/${dayBefore(9)}`, Key: 'ended/old' })
  await lab.ami.send({ ...put, Family: `hotline/${dayBefore(6)}`, Key: 'ended/kept' })
  await lab.ami.send({ ...put, Family: 'hotline-journal', Key: 'pruned', Val: dayBefore(1) })
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from: CUSTOMER })
  await lab.ami.waitFor({ Event: 'QueueCallerJoin' }, mark)
  await call.hangup()
  expect(await lab.journal(dayBefore(9))).toEqual(new Map())
  expect(await lab.journal(dayBefore(6))).toEqual(new Map([['ended/kept', 'v1|0']]))
})

test('the caller is hung up when the agent hangs up', async () => {
  const { call, atAgent, id, mark } = await answeredCall({ from: CUSTOMER })
  const ended: Promise<unknown> = call.outcome
  await atAgent.hangup()
  expect(await ended).toEqual({ by: 'them', wasUp: true, status: 200 })
  await hungUp(id, mark)
  expect((await journal('ended', id))?.[3]).toBe('answered')
})

test('whoever answers after a blind transfer is in the journal beside the first, an agent’s own call is not', async () => {
  const second = await lab.startPhone({ extension: '102', behaviour: 'manual' })
  const { call, atAgent, id, mark } = await answeredCall({ from: CUSTOMER })
  await atAgent.transfer('102')
  const atSecond = await second.waitForCall()
  const later = lab.ami.mark()
  atSecond.answer()
  await lab.ami.waitFor({ Event: 'BridgeEnter', BridgeNumChannels: '2' }, later)
  await call.hangup()
  await hungUp(id, mark)
  const before = [...(await lab.journal(dayBefore(0)))]
  const own = before.filter(([key]) => key.startsWith(`joined/${id}/`))
  expect(own.map(([, value]) => value.split('|').slice(3))).toEqual([
    ['hotline', 'PJSIP/102', '0', CUSTOMER, id],
  ])
  expect((await journal('answered', id))?.[4]).toBe('PJSIP/101')

  const asked = phone.call('102')
  const atColleague = await second.waitForCall()
  atColleague.answer()
  await asked.up
  await asked.hangup()
  await atColleague.ended
  expect([...(await lab.journal(dayBefore(0)))]).toEqual(before)
})

/** What the doctor says of this PBX, a line each. */
async function examined(): Promise<string[]> {
  const login = (user: string) => ({ username: user, secret: lab.access.secret })
  const findings = await examine({
    pbx: {
      id: 'pbx1',
      host: '127.0.0.1',
      port: lab.access.amiPort,
      ...login('hotline-tracker'),
      dialer: login('hotline-dialler'),
      control: login('hotline-control'),
    },
    queues: ['hotline'],
    recordingsDir: lab.recordingsDir,
    mustConfirm: true,
    wrapUpSeconds: 0,
    hotlineNumber: '19000382',
    testExtension: null,
    hearMs: 3_000,
  })
  return findings.map(({ status, what }) => `${status}: ${what}`)
}

test('the doctor finds nothing wrong in these files, and reads the rest after calls where they can be read', async () => {
  const asDeployed = await examined()
  expect(asDeployed.filter((line) => line.startsWith('wrong'))).toEqual([])
  expect(asDeployed).toContain(
    'look: WRAP_UP_SECONDS is 0; what queue "hotline" does is not told by AMI',
  )
  const module = { Action: 'ModuleLoad', Module: 'func_config.so' }
  await lab.ami.send({ ...module, LoadType: 'load' })
  const withFiles = await examined()
  await lab.ami.send({ ...module, LoadType: 'unload' })
  expect(withFiles).toContain(
    'right: queue "hotline" leaves phones alone for 0 s after a call, as WRAP_UP_SECONDS is 0',
  )
  expect(withFiles.join()).toContain('can read every secret in the files of Asterisk')
})
