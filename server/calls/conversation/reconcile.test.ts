import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshSegment } from '../../../test/support/a-book-call.ts'
import { liveChannel, waitingEntry } from '../../../test/support/call-snapshot.ts'
import { RULES } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import type { LiveChannel, PbxSnapshot } from './call-event.ts'
import { dropDeadLegs, reconcileInbound } from './reconcile.ts'
import { addRing } from './rings.ts'
import { addSegment } from './segments.ts'
import { indexSnapshot } from './snapshot-index.ts'

function seen(change: Partial<PbxSnapshot> = {}) {
  const empty = { takenAt: time('01:00.000'), bootedAt: null, channels: [], waiting: [] }
  return indexSnapshot({ ...empty, ...change })
}
const waiting = aFreshCall({
  queue: 'hotline',
  visits: [
    {
      queue: 'hotline',
      joinedAt: time('00:00.000'),
      heard: true,
      leftAt: null,
      leaveHeard: true,
      abandonSaid: false,
    },
  ],
})
const inDialplan = seen({ channels: [liveChannel('trunk#1', { application: 'Playback' })] })

describe('one inbound call held against a snapshot', () => {
  test('stays as it is when the PBX shows it as it is known', () => {
    const here = seen({
      channels: [liveChannel('trunk#1')],
      waiting: [waitingEntry('trunk#1', 60)],
    })
    expect(reconcileInbound(waiting, here, RULES)).toBe(waiting)
  })

  test('has ended when its caller is gone', () => {
    expect(reconcileInbound(waiting, seen(), RULES)).toMatchObject({
      endedAt: time('01:00.000'),
      endHeard: false,
    })
  })

  test('has left its queue when it is in the dialplan again', () => {
    expect(reconcileInbound(waiting, inDialplan, RULES).visits[0]?.leftAt).toBe(time('01:00.000'))
  })
})

describe('phones that a snapshot does not show', () => {
  const phone = { agentUniqueid: '101#2', extension: '101', by: 'queue' as const }

  test('have gone when they were there before it', () => {
    const talking = addSegment(waiting, aFreshSegment())
    expect(dropDeadLegs(talking, inDialplan).segments[0]?.endedAt).toBe(time('01:00.000'))
    const ringing = addRing(waiting, { ...phone, startedAt: time('00:59.999') })
    expect(dropDeadLegs(ringing, inDialplan).rings[0]?.end).toBe('no_answer')
  })

  test('are newer than it when they came after the question', () => {
    const startedAt = time('01:00.000')
    const ringing = addRing(waiting, { ...phone, startedAt })
    expect(dropDeadLegs(ringing, inDialplan)).toBe(ringing)
    const talking = addSegment(waiting, aFreshSegment({ startedAt }))
    expect(dropDeadLegs(talking, inDialplan)).toBe(talking)
  })
})

const inTalk = (...others: LiveChannel[]) =>
  seen({ channels: [liveChannel('trunk#1', { bridgeId: 'b1' }), ...others] })
const half = (end: '1' | '2', bridgeId: string) =>
  liveChannel(`Local/_attended@transfer#${end}`, { channel: `Local/_at-06;${end}`, bridgeId })

describe('an agent whom only the snapshot shows', () => {
  const talking = addSegment(waiting, aFreshSegment({ startedAt: time('00:30.000') }))
  test('whose phone is older than the first answer came after it all the same', () => {
    const picker = liveChannel('102#3', { bridgeId: 'b1', durationSeconds: 50 })
    const { answeredAt, segments } = reconcileInbound(talking, inTalk(picker), RULES)
    expect(answeredAt).toBe(time('00:30.000'))
    expect(segments.map(({ extension, startedAt }) => [extension, startedAt])).toEqual([
      ['101', time('00:30.000')],
      ['102', time('00:30.000')],
    ])
  })

  test('is found behind the Local channel of an attended transfer', () => {
    const second = liveChannel('102#3', { bridgeId: 'b2', durationSeconds: 10 })
    const seenAfter = inTalk(half('1', 'b1'), half('2', 'b2'), second)
    const { segments } = reconcileInbound(talking, seenAfter, RULES)
    expect(segments.map(({ extension, endedAt }) => [extension, endedAt])).toEqual([
      ['101', time('01:00.000')],
      ['102', null],
    ])
  })
})
