import { localDay } from '../../calendar/working-days.ts'
import type { StaffByExtension } from '../call-record.ts'
import type { Call } from '../conversation/call.ts'
import { isOver, talkOf } from '../conversation/parts.ts'
import type { Row } from '../../db/schema.ts'

/** An agent's part as its table keeps it; the wrap-up after it is written when it is over. */
export type SegmentRecord = Omit<Row<'call_segment'>, 'wrap_up_seconds'>

/** The rows of the parts that are over; `isOutgoing`: somebody ordered the call at once. */
export function segmentRows(
  call: Call,
  callId: string,
  { staffAt, isOutgoing }: { staffAt: StaffByExtension; isOutgoing: boolean },
): SegmentRecord[] {
  const day = localDay(call.enteredAt)
  return call.segments.flatMap((segment, part) => {
    if (!isOver(segment)) return []
    const { extension, how, startedAt, endedAt, holdSeconds } = segment
    return {
      call_id: callId,
      part,
      extension,
      staff_id: staffAt(extension, startedAt)?.id ?? null,
      how: isOutgoing && how === 'callback' ? 'outgoing' : how,
      local_day: day,
      started_at: startedAt,
      ended_at: endedAt,
      talk_seconds: talkOf(segment),
      hold_seconds: holdSeconds,
    }
  })
}
