import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshSegment } from '../../../test/support/a-book-call.ts'
import { liveChannel, waitingEntry } from '../../../test/support/call-snapshot.ts'
import { RULES, time } from '../../../test/support/call-table.ts'
import type { PbxSnapshot } from './call-event.ts'
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
