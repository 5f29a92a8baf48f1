import { describe, expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { liveChannel, waitingEntry } from '../../../test/support/call-snapshot.ts'
import { RULES, time } from '../../../test/support/call-table.ts'
import { addSegment } from './segments.ts'
import { inferVisit } from './queue-visits.ts'
import { indexSnapshot, reconcile } from './snapshot-evidence.ts'
import { NO_EVIDENCE } from '../callback-call/callback-legs.ts'
import type { PbxSnapshot } from './call-event.ts'

function seen(change: Partial<PbxSnapshot> = {}) {
  const empty = { takenAt: time('01:00.000'), bootedAt: null, channels: [], waiting: [] }
  return indexSnapshot({ ...empty, ...change })
}
const waiting = inferVisit(aFreshCall(), 'hotline', time('00:00.000'), 0)

describe('one call held against a snapshot', () => {
  test('an ended call stays as it is', () => {
    const over = aFreshCall({ endedAt: time('00:30.000') })
    expect(reconcile(over, seen(), RULES)).toBe(over)
  })

  test('one that the PBX shows as it is known stays as it is', () => {
    const here = seen({
      channels: [liveChannel('trunk#1')],
      waiting: [waitingEntry('trunk#1', 60)],
    })
    expect(reconcile(waiting, here, RULES)).toBe(waiting)
  })

  test('one that is in the dialplan again has left its queue', () => {
    const here = seen({ channels: [liveChannel('trunk#1', { application: 'Playback' })] })
    expect(reconcile(waiting, here, RULES).visits[0]?.leftAt).toBe(time('01:00.000'))
  })

  test('an agent whose channel is gone has left', () => {
    const talking = addSegment(waiting, {
      agentUniqueid: '101#2',
      extension: '101',
      how: 'queue',
      startedAt: time('00:05.000'),
    })
    const here = seen({ channels: [liveChannel('trunk#1', { application: 'Playback' })] })
    expect(reconcile(talking, here, RULES).segments[0]?.endedAt).toBe(time('01:00.000'))
  })

  test('a callback whose agent left still lives with its customer', () => {
    const callback = { ...NO_EVIDENCE, customerUniqueid: 'trunk#2' }
    const call = aFreshCall({ uniqueid: 'cb-7', direction: 'callback', callback })
    const here = seen({ channels: [liveChannel('trunk#2')] })
    const after = reconcile(call, here, RULES)
    expect(after).toMatchObject({ endedAt: null, agentLegEndedAt: time('01:00.000') })
    expect(reconcile(after, here, RULES)).toBe(after)
  })
})

test('bridges are listed with their channels', () => {
  const channels = [
    liveChannel('trunk#1', { bridgeId: 'b1' }),
    liveChannel('101#2', { bridgeId: 'b1' }),
    liveChannel('trunk#3'),
  ]
  expect([...seen({ channels }).bridges].map(([id, members]) => [id, members.length])).toEqual([
    ['b1', 2],
  ])
})
