import { expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import type { Segment } from '../conversation/call.ts'
import { segmentRows } from './segment-record.ts'

const part: Segment = {
  agentUniqueid: 'agent',
  earlierUniqueids: [],
  extension: '101',
  how: 'callback',
  startedAt: '2026-11-23T17:00:10.000Z',
  endedAt: '2026-11-23T17:01:10.000Z',
  heldAt: null,
  resumedAt: null,
  holdSeconds: 10,
}
const call = aFreshCall({
  enteredAt: '2026-11-23T16:59:50.000Z',
  segments: [part, { ...part, endedAt: null }, { ...part, extension: '109' }],
})
const staffAt = (extension: string) =>
  extension === '101' ? { id: 'mai', displayName: 'Mai' } : null

test('a row per part that is over, on the day on which the caller came, with whose phone it was', () => {
  expect(segmentRows(call, 'call-1', { staffAt, isOutgoing: false })).toEqual([
    {
      call_id: 'call-1',
      part: 0,
      extension: '101',
      staff_id: 'mai',
      how: 'callback',
      local_day: '2026-11-23',
      started_at: part.startedAt,
      ended_at: part.endedAt,
      talk_seconds: 50,
      hold_seconds: 10,
    },
    expect.objectContaining({ part: 2, staff_id: null, extension: '109' }),
  ])
})

test('a call that somebody ordered at once is no callback', () => {
  const [row] = segmentRows(call, 'call-1', { staffAt, isOutgoing: true })
  expect(row?.how).toBe('outgoing')
})
