import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RECONCILE_MS } from '../../server/ami/pbx.ts'
import { callDetail, type CallDetail, callRow } from '../../server/contract/calls.ts'
import { deskSnapshot } from '../../server/contract/desk.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import type { CallCounts } from '../../server/contract/supervision/figures.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import { channelHeaders } from '../support/ami-frame.ts'
import { createTestClock, settle, type TestClock } from '../support/clock.ts'
import type { Frame } from '../support/fake-ami-frames.ts'
import { type FakeAmi, startFakeAmi } from '../support/fake-ami-server.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { eventually } from '../support/eventually.ts'

const START = Date.parse('2026-11-23T02:00:00.000Z')
const CALLERS = ['1.0', '1.1', '1.2', '1.3']
const TAG = { ChanVariable: ['HOTLINE=19000382', 'HOTLINE_CLI=allowed'] }

let clock: TestClock
let ami: FakeAmi
let hotline: Hotline
let supervisor: Person

beforeEach(async () => {
  clock = createTestClock()
  ami = await startFakeAmi({ nowMs: () => clock.nowMs() })
  hotline = await startHotline({ amiUrl: ami.url, clock })
  await hotline.hire('lan', 'agent', '101')
  await hotline.hire('minh', 'agent', '102')
  supervisor = await hotline.hire('sup', 'supervisor')
  await hotline.ready()
})
afterEach(async () => {
  const stopped = hotline.stop()
  await settle()
  await clock.advance(1_000)
  await stopped
  await ami.stop()
})

const ms = (seconds: number): number => START + seconds * 1000
const trunk = (uniqueid: string): Frame => ({
  ...channelHeaders('PJSIP/trunk-0000000a', uniqueid, { number: '0912345678' }),
  ...TAG,
})
const phone = (extension: string, uniqueid: string): Frame =>
  channelHeaders(`PJSIP/${extension}-0000000b`, uniqueid, { number: extension })
const stamp = () => ({ Timestamp: (clock.nowMs() / 1000).toFixed(6) })
const hangup = (channel: Frame): Frame => ({
  Event: 'Hangup',
  ...stamp(),
  ...channel,
  Cause: '16',
})
const shown = (channel: Frame, seconds: number, bridge = ''): Frame => ({
  Event: 'CoreShowChannel',
  ...channel,
  Application: 'Queue',
  ApplicationData: 'hotline,t,,,600',
  Duration: `00:00:${String(seconds).padStart(2, '0')}`,
  BridgeId: bridge,
})

function joined(uniqueid: string): Frame {
  const place = { Queue: 'hotline', Position: '1', Count: '1' }
  return { Event: 'QueueCallerJoin', ...stamp(), ...trunk(uniqueid), ...place }
}

function writeJournal(kind: 'answered' | 'ended', uniqueid: string, value: string): void {
  ami.pbx.database.set(`hotline/20261123/${kind}/${uniqueid}`, value)
}

/** What was sent is heard and saved. */
async function heard(calls: number): Promise<void> {
  await eventually(async () => expect(await rows()).toHaveLength(calls))
  await hotline.service.idle()
}

async function rows() {
  return (await supervisor.get('/calls?limit=50', pageOf(callRow))).items
}

async function detailOf(uniqueid: string): Promise<CallDetail> {
  const row = (await rows()).find((one) => one.uniqueid === uniqueid)
  return supervisor.get(`/calls/${row?.id}`, callDetail)
}

async function today(): Promise<CallCounts | undefined> {
  const { queues } = await supervisor.get('/queues', queuesSnapshot)
  return queues.find(({ name }) => name === 'hotline')?.today
}

async function lose(): Promise<void> {
  ami.dropConnections()
  await eventually(async () => {
    await settle()
    expect(ami.connections()).toBe(0)
  })
  await eventually(async () => expect((await fetch(`${hotline.url}/readyz`)).status).toBe(503))
}

async function comeBack(): Promise<void> {
  await eventually(async () => {
    await clock.advance(250)
    expect((await fetch(`${hotline.url}/readyz`)).status).toBe(200)
  })
  await hotline.service.idle()
}

describe('a timeout that happened while nobody listened', () => {
  test('is told as a timeout within a minute of coming back, and is never counted abandoned', async () => {
    ami.pbx.queueStatus = [{ Event: 'QueueParams', Queue: 'hotline', Strategy: 'ringall' }]
    ami.send(...CALLERS.map(joined))
    await heard(4)
    await lose()
    ami.pbx.channels = CALLERS.map((uniqueid) => shown(trunk(uniqueid), 20))
    await comeBack()
    for (const uniqueid of CALLERS) {
      writeJournal('ended', uniqueid, `v1|${ms(21)}|${ms(0)}|timeout|16|hotline|0912345678`)
    }
    ami.send(...CALLERS.map((uniqueid) => hangup(trunk(uniqueid))))
    ami.pbx.channels = []
    await eventually(async () =>
      expect((await rows()).map(({ status }) => status)).toEqual(CALLERS.map(() => 'ended')),
    )
    expect(await today()).toMatchObject({ offered: 4, abandoned: 0 })
    await clock.advance(RECONCILE_MS)
    await eventually(async () =>
      expect((await rows()).map(({ outcome }) => outcome)).toEqual(CALLERS.map(() => 'timeout')),
    )
    expect(await today()).toMatchObject({ offered: 4, answered: 0, abandoned: 0 })
  })

  test('is told right when its Hangup too was lost without a sign', async () => {
    ami.send(joined('1.0'))
    await heard(1)
    writeJournal('ended', '1.0', `v1|${ms(21)}|${ms(0)}|timeout|16|hotline|0912345678`)
    await clock.advance(RECONCILE_MS)
    await eventually(async () => expect((await rows())[0]).toMatchObject({ outcome: 'timeout' }))
    expect((await rows())[0]?.endedAt).toBe('2026-11-23T02:00:21.000Z')
  })
})

describe('a caller whom a full queue refused', () => {
  const REFUSED = `v1|${ms(4)}|${ms(0)}|no_agents|16||0912345678`

  test('is in the history within a minute though no event tells of the call, and is not counted', async () => {
    ami.pbx.queueStatus = [{ Event: 'QueueParams', Queue: 'hotline', Strategy: 'ringall' }]
    await clock.advance(4_000)
    writeJournal('ended', '1.0', REFUSED)
    ami.send(hangup(trunk('1.0')))
    await clock.advance(RECONCILE_MS)
    await eventually(async () =>
      expect(await rows()).toMatchObject([
        { outcome: 'not_answered', queue: null, waitSeconds: 4 },
      ]),
    )
    await clock.advance(RECONCILE_MS)
    expect(await today()).toMatchObject({ offered: 0, answered: 0, abandoned: 0 })
  })

  test('is told the same when it happened while nobody listened', async () => {
    ami.pbx.queueStatus = [{ Event: 'QueueParams', Queue: 'hotline', Strategy: 'ringall' }]
    await lose()
    clock.set('2026-11-23T02:00:05.000Z')
    writeJournal('ended', '1.0', REFUSED)
    await comeBack()
    expect(await rows()).toMatchObject([{ outcome: 'not_answered', queue: null, waitSeconds: 4 }])
    expect(await today()).toMatchObject({ offered: 0, answered: 0, abandoned: 0 })
  })
})

describe('an answer that happened while nobody listened', () => {
  const ANSWERED = `v1|${ms(4)}|${ms(0)}|hotline|PJSIP/101|4|0912345678|1.0`

  test('and went on to another agent: both are segments, the first owns the ticket', async () => {
    ami.send(joined('1.0'))
    await heard(1)
    await lose()
    writeJournal('answered', '1.0', ANSWERED)
    clock.set('2026-11-23T02:00:20.000Z')
    ami.pbx.channels = [shown(trunk('1.0'), 20, 'b1'), shown(phone('102', '1.9'), 8, 'b1')]
    await comeBack()
    const call = await detailOf('1.0')
    expect(call.segments.map(({ extension, how }) => `${extension} ${how}`)).toEqual([
      '101 recovered',
      '102 transfer',
    ])
    expect(call).toMatchObject({
      status: 'talking',
      recovered: true,
      answeredAt: '2026-11-23T02:00:04.000Z',
    })
    expect(call.segments[0]?.endedAt).toBe(call.segments[1]?.startedAt)
    const tickets = (await supervisor.get('/tickets', pageOf(ticketRow))).items
    expect(tickets.map(({ assignee }) => assignee?.displayName)).toEqual(['lan'])
  })

  test('and went on to another agent until its end: both are segments', async () => {
    ami.send(joined('1.0'))
    await heard(1)
    await lose()
    writeJournal('answered', '1.0', ANSWERED)
    const passedOn = `v1|${ms(10)}|${ms(0)}|hotline|PJSIP/102|4|0912345678|1.0`
    ami.pbx.database.set(`hotline/20261123/joined/1.0/${ms(10)}`, passedOn)
    writeJournal('ended', '1.0', `v1|${ms(20)}|${ms(0)}|answered|16|hotline|0912345678`)
    clock.set('2026-11-23T02:00:21.000Z')
    await comeBack()
    const call = await detailOf('1.0')
    expect(call).toMatchObject({
      status: 'ended',
      talkSeconds: 16,
      segments: [
        { extension: '101', how: 'recovered', endedAt: '2026-11-23T02:00:10.000Z' },
        { extension: '102', how: 'transfer', startedAt: '2026-11-23T02:00:10.000Z' },
      ],
    })
  })

  test('and goes on with the same agent: one segment, on the phone’s own channel', async () => {
    ami.send(joined('1.0'))
    await heard(1)
    await lose()
    writeJournal('answered', '1.0', ANSWERED)
    clock.set('2026-11-23T02:00:20.000Z')
    ami.pbx.channels = [shown(trunk('1.0'), 20, 'b1'), shown(phone('101', '1.5'), 18, 'b1')]
    await comeBack()
    ami.pbx.channels = []
    ami.send(hangup(phone('101', '1.5')), hangup(trunk('1.0')))
    await eventually(async () => expect((await rows())[0]?.status).toBe('ended'))
    const call = await detailOf('1.0')
    expect(call.segments).toMatchObject([
      { extension: '101', startedAt: '2026-11-23T02:00:04.000Z' },
    ])
  })

  test('without a sign of the loss is found within a minute, with the journal’s time', async () => {
    ami.send(joined('1.0'))
    await heard(1)
    writeJournal('answered', '1.0', ANSWERED)
    ami.pbx.channels = [shown(trunk('1.0'), 59, 'b1'), shown(phone('102', '1.9'), 30, 'b1')]
    await clock.advance(RECONCILE_MS)
    await eventually(async () => expect((await rows())[0]?.status).toBe('talking'))
    const call = await detailOf('1.0')
    expect(call.answeredAt).toBe('2026-11-23T02:00:04.000Z')
    expect(call.segments.map(({ extension }) => extension)).toEqual(['101', '102'])
  })
})

describe('a callback that was answered while nobody listened', () => {
  test('and ends before us has the talk time of the journal within a minute', async () => {
    await lose()
    clock.set('2026-11-23T02:00:20.000Z')
    const agent = phone('101', 'cb-7')
    const customer = channelHeaders('PJSIP/trunk-0000000a', '1.7', { number: '0912345678' })
    ami.pbx.channels = [shown(agent, 18, 'b1'), shown(customer, 15, 'b1')]
    await comeBack()
    expect(await detailOf('cb-7')).toMatchObject({ status: 'talking' })
    await clock.advance(5_000)
    ami.pbx.channels = []
    ami.pbx.database.set('hotline/20261123/callback/cb-7', `v1|${clock.nowMs()}|1|ANSWER|16|15`)
    ami.send(hangup(customer), hangup(agent))
    await eventually(async () => expect((await rows())[0]?.status).toBe('ended'))
    await clock.advance(RECONCILE_MS)
    await eventually(async () => {
      const { talkSeconds, answeredAt, endedAt } = await detailOf('cb-7')
      expect(talkSeconds).toBe(15)
      expect(Date.parse(endedAt ?? '') - Date.parse(answeredAt ?? '')).toBe(15_000)
    })
  })
})

async function talk(): Promise<void> {
  const agent = phone('101', '1.5')
  ami.send(joined('1.0'))
  await heard(1)
  await clock.advance(4_000)
  const dest = channelHeaders('PJSIP/101-0000000b', '1.5', { number: '101', prefix: 'Dest' })
  const answer = { Queue: 'hotline', MemberName: '101', HoldTime: '4', RingTime: '2' }
  ami.send({ Event: 'AgentConnect', ...stamp(), ...trunk('1.0'), ...dest, ...answer })
  for (const channel of [trunk('1.0'), agent]) {
    ami.send({ Event: 'BridgeEnter', ...stamp(), ...channel, BridgeUniqueid: 'b1' })
  }
  await eventually(async () => expect((await rows())[0]?.status).toBe('talking'))
  await clock.advance(2_500)
}

describe('a call that a crash of the PBX cut', () => {
  test('ends when the PBX was last heard of, not when it is up again an hour later', async () => {
    await talk()
    await lose()
    clock.set('2026-11-23T03:00:06.500Z')
    ami.options.uptime = 5
    await comeBack()
    expect((await rows())[0]).toMatchObject({ status: 'ended', talkSeconds: 3 })
  })

  test('ends no later than it was last saved when the service was away too', async () => {
    await talk()
    const stopping = hotline.service.stop()
    await settle()
    await clock.advance(1_000)
    await stopping
    clock.set('2026-11-23T03:00:06.500Z')
    ami.options.uptime = 5
    await hotline.restart().catch(() => undefined)
    await hotline.ready()
    const row = (await rows())[0]
    expect(row?.status).toBe('ended')
    expect(row?.talkSeconds ?? 99).toBeLessThanOrEqual(3)
  })
})

describe('a phone that rings when the PBX is lost', () => {
  const dest = channelHeaders('PJSIP/101-0000000b', '1.5', { number: '101', prefix: 'Dest' })

  async function ring() {
    const lan = await hotline.signIn('lan')
    const page = await lan.listen()
    ami.send(joined('1.0'))
    await heard(1)
    const called = { Queue: 'hotline', Interface: 'PJSIP/101', MemberName: '101' }
    ami.send({ Event: 'AgentCalled', ...stamp(), ...trunk('1.0'), ...dest, ...called })
    const pop = await page.waitFor('screen_pop', ({ stage }) => stage === 'ringing')
    expect(pop.call.pbxId).toBe('pbx1')
    const stages = async () => (await lan.get('/desk', deskSnapshot)).pops.map(({ stage }) => stage)
    return { page, stages }
  }

  test.each([
    ['the caller is gone', []],
    ['the caller waits on', [shown(trunk('1.0'), 20)]],
  ])('is off the desk with the first look at the PBX, where %s', async (_case, channels) => {
    const { page, stages } = await ring()
    await lose()
    expect(await stages()).toEqual(['ringing'])
    await page.waitFor('pbx_status', (pbxs) => pbxs.some(({ link }) => link !== 'ready'))
    ami.pbx.channels = channels
    await comeBack()
    await page.waitFor('screen_pop', ({ stage }) => stage === 'withdrawn')
    expect(await stages()).toEqual([])
    page.close()
  })

  test('stays on the desk while it rings on', async () => {
    const { page, stages } = await ring()
    await lose()
    ami.pbx.channels = [shown(trunk('1.0'), 20), shown(phone('101', '1.5'), 18)]
    await comeBack()
    expect(await stages()).toEqual(['ringing'])
    page.close()
  })
})
