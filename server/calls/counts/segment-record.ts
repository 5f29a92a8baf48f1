import { localDay } from '../../calendar/working-days.ts'
import type { StaffByExtension } from '../call-record.ts'
import type { Call } from '../conversation/call.ts'
import { talkOf } from '../conversation/parts.ts'
import type { Row } from '../../db/schema.ts'

/** An agent's part as its table keeps it; the wrap-up after it is written when it is over. */
export type SegmentRecord = Omit<Row<'call_segment'>, 'wrap_up_seconds'>

/** The rows of all parts of a call; `isOutgoing`: somebody ordered it at once. */
export function segmentRows(
  call: Call,
  callId: string,
  { staffAt, isOutgoing }: { staffAt: StaffByExtension; isOutgoing: boolean },
): SegmentRecord[] {
  const day = localDay(call.enteredAt)
  return call.segments.map((segment, part) => ({
    call_id: callId,
    part,
    extension: segment.extension,
    staff_id: staffAt(segment.extension, segment.startedAt)?.id ?? null,
    how: isOutgoing && segment.how === 'callback' ? 'outgoing' : segment.how,
    local_day: day,
    started_at: segment.startedAt,
    ended_at: segment.endedAt,
    talk_seconds: talkOf(segment),
    hold_seconds: segment.holdSeconds,
  }))
}
