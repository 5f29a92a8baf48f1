import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { channelHeaders } from '../../../test/support/ami-frame.ts'
import {
  createTelephonyUnderTest,
  type TelephonyUnderTest,
} from '../../../test/support/ami-telephony.ts'
import type { FakeAmi } from '../../../test/support/fake-ami-server.ts'
import { LOOK_AT_MEMBERS_MS, RECONCILE_MS } from '../pbx.ts'

let room: TelephonyUnderTest
let fake: FakeAmi
async function open(...given: Parameters<typeof createTelephonyUnderTest>): Promise<void> {
  room = await createTelephonyUnderTest(...given)
  const [first] = room.fakes
  if (first === undefined) throw new Error('no fake PBX')
  fake = first
}
afterEach(() => room.stop())

const hangup = (uniqueid: string) => ({
  Event: 'Hangup',
  ...channelHeaders('PJSIP/trunk-00000000', uniqueid),
  Cause: '16',
})
const ANSWERED = 'v1|1795399200000|1795399195000|hotline|PJSIP/101|4|0912345678|1.0'
const ENDED = 'v1|1795399210000|1795399195000|answered|16|hotline|0912345678'

const lastCall = () => room.calls.findLast(({ type }) => type === 'hung_up')

describe('a PBX whose clock differs', () => {
  it('times of a PBX whose clock is an hour ahead are told on ours, the journal’s too', async () => {
    await open([{ uptime: 60, nowMs: () => Date.parse('2026-11-23T03:00:00.000Z') }])
    fake.pbx.database.set(
      'hotline/20261123/answered/1.0',
      `v1|${Date.parse('2026-11-23T02:50:04.000Z')}|${Date.parse('2026-11-23T02:50:00.000Z')}|hotline|PJSIP/101|4|0912345678|1.0`,
    )
    await room.ready()
    expect(room.calls).toMatchObject([
      { at: '2026-11-23T01:50:04.000Z', receivedAt: '2026-11-23T01:50:00.000Z' },
      { snapshot: { takenAt: '2026-11-23T02:00:00.000Z', bootedAt: '2026-11-23T01:58:59.000Z' } },
    ])
    expect(room.telephony.status()).toMatchObject([
      {
        link: 'ready',
        clockAheadSeconds: 3600,
        problem:
          'its clock is 1 h ahead of ours: times are corrected; run a time service on both machines',
      },
    ])
  })

  it('the journal is asked for the days of the PBX’s clock, not of ours', async () => {
    // Here it is 02:00 on the 23rd; there a new day began.
    await open([{ nowMs: () => Date.parse('2026-11-24T00:00:05.000Z') }])
    fake.pbx.database.set('hotline/20261124/answered/1.0', ANSWERED)
    fake.pbx.database.set('hotline/20261122/ended/1.0', ENDED)
    await room.ready()
    const families = fake.actions('DBGetTree').map((action) => action.headers['family'])
    expect(families).toEqual(['hotline/20261123', 'hotline/20261124'])
    expect(room.calls.map(({ type }) => type)).toEqual(['journal_answered', 'snapshot_taken'])
  })

  it.each([
    ['60 s ahead of ours', 60_000],
    ['60 s behind ours', -60_000],
  ])('an order to dial expires by its clock: %s', async (_name, aheadMs) => {
    await open([{ nowMs: () => room.clock.nowMs() + aheadMs }])
    await room.ready()
    const placed = fake.next('Originate')
    await room.telephony.originateCallback({
      pbxId: 'pbx1',
      channelId: 'cb-1-1',
      extension: '101',
      number: '0912345678',
      ringSeconds: 20,
      expiresInSeconds: 55,
    })
    const { raw } = await placed
    const expires = Number(/CALLBACK_EXPIRES=(\d+)/.exec(raw)?.[1])
    expect(expires).toBe((room.clock.nowMs() + aheadMs) / 1000 + 55)
  })
})

describe('a clock that is set', () => {
  const HOUR = 3_600_000
  let pbxAheadMs = 0
  const nowMs = () => room.clock.nowMs() + pbxAheadMs
  const hangsUp = (uniqueid: string) => ({
    ...hangup(uniqueid),
    Timestamp: (nowMs() / 1000).toFixed(6),
  })
  beforeEach(async () => {
    pbxAheadMs = 0
    await open([{ nowMs: () => nowMs() }])
    await room.ready()
    await room.clock.advance(1_001)
  })

  it.each([
    ['the PBX’s, forth', HOUR, 0],
    ['the PBX’s, back', -HOUR, 0],
    ['ours, forth', -HOUR, HOUR],
    ['ours, back', HOUR, -HOUR],
  ])('%s: the next event waits until the clock there was asked', async (_name, ahead, byMs) => {
    pbxAheadMs = ahead
    room.clock.set(new Date(room.clock.nowMs() + byMs).toISOString())
    const asked = fake.actions('Ping').length
    fake.send(hangsUp('1.0'), hangsUp('2.0'))
    await room.when(() => room.calls.filter(({ type }) => type === 'hung_up').length === 2)
    expect(lastCall()?.at).toBe(room.clock.now())
    // the second answer confirms the first
    expect(fake.actions('Ping').length).toBe(asked + 2)
    expect(room.telephony.status()[0]?.clockAheadSeconds).toBe(ahead / 1000)
    // what was kept by the other time is compared anew
    await room.clock.advance(0)
    await room.when(() => room.calls.filter(({ type }) => type === 'snapshot_taken').length === 2)
  })

  it('an offset that no second answer confirms is not believed', async () => {
    const before = fake.actions('Ping').length
    fake.on('Ping', (action) => ({
      Response: 'Success',
      ActionID: action.actionId,
      // as an answer that was written before this machine slept for an hour
      Timestamp: String((nowMs() - (fake.actions('Ping').length === before + 1 ? HOUR : 0)) / 1000),
    }))
    await room.clock.advance(LOOK_AT_MEMBERS_MS)
    await room.when(() => room.queues.some(({ type }) => type === 'members_seen'))
    expect(fake.actions('Ping').length).toBe(before + 2)
    const told = [...room.statuses.flat(), ...room.telephony.status()]
    expect(told.filter((pbx) => pbx.clockAheadSeconds !== undefined)).toEqual([])
  })

  it('boots are not moved by it: our clock is set back, and no call counts as cut', async () => {
    room.clock.set(new Date(room.clock.nowMs() - 2 * HOUR).toISOString())
    pbxAheadMs = 2 * HOUR
    await room.clock.advance(RECONCILE_MS)
    await room.when(() => room.calls.filter(({ type }) => type === 'snapshot_taken').length >= 2)
    const boots = room.calls.flatMap((call) =>
      call.type === 'snapshot_taken' ? [Date.parse(call.snapshot.bootedAt ?? '')] : [],
    )
    const [first = 0, second = 0] = boots
    expect(first - second).toBe(2 * HOUR)
  })

  it('a slow line is no wrong clock: the event goes on at once, and the clock is asked', async () => {
    pbxAheadMs = -5_000
    const event = hangsUp('1.0')
    pbxAheadMs = 0
    fake.on('Ping', () => null)
    fake.send(event)
    await room.when(() => lastCall() !== undefined)
    expect(Date.parse(lastCall()?.at ?? '')).toBe(room.clock.nowMs() - 5_000)
  })

  it('an agent’s last call of the future is none', async () => {
    fake.send({
      Event: 'QueueMemberStatus',
      Timestamp: (nowMs() / 1000).toFixed(6),
      ...MEMBER,
      LastCall: String(Math.round(nowMs() / 1000) + 3_600),
    })
    await room.when(() => room.queues.some(({ type }) => type === 'member_status'))
    expect(room.queues.at(-1)).toMatchObject({ member: { lastCallAt: null } })
  })
})

const MEMBER = {
  Queue: 'hotline',
  MemberName: '101',
  Interface: 'PJSIP/101',
  Penalty: '0',
  CallsTaken: '1',
  InCall: '0',
  Status: '1',
  Paused: '0',
  PausedReason: '',
  Wrapuptime: '10',
}
