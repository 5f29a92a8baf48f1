import {
  callDirection,
  type CallDetail,
  callOutcome,
  type CallRow,
  callStatus,
} from '#contract/calls.ts'
import type { CallCounts } from '#contract/supervision/figures.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Row } from '../db/schema.ts'
import { localDay } from '../calendar/working-days.ts'
import type { Call, Segment } from './conversation/call.ts'
import { contribution, countedQueue } from './conversation/contribution.ts'
import { talkSeconds, waitSeconds } from './conversation/durations.ts'
import type { TimelineEntry } from './call-timeline.ts'
import { timelineText } from './timeline-text.ts'

/** What a call adds to the counters of its queue; the wrap-up after it comes later, from elsewhere. */
export const COUNT_COLUMNS = [
  'offered',
  'answered',
  'abandoned',
  'abandoned_short',
  'timed_out',
  'asked',
  'within_level',
  'answer_wait_seconds',
  'counted_queue',
  'entered',
  'within_service',
  'handled',
  'agent_talk_seconds',
  'agent_hold_seconds',
  'wait_bucket',
] as const satisfies (keyof Row<'call'>)[]

/** What the call book writes of a call; the other columns belong to who links and sweeps it. */
export const CALL_COLUMNS = [
  'id',
  'pbx_id',
  'uniqueid',
  'direction',
  'status',
  'outcome',
  'queue',
  'caller_raw',
  'caller_key',
  'entered_at',
  'answered_at',
  'ticket_moment_at',
  'ended_at',
  'wait_seconds',
  'talk_seconds',
  'recovered',
  'local_day',
  ...COUNT_COLUMNS,
  'state',
  'updated_at',
] as const satisfies (keyof Row<'call'>)[]

/** A call as its table keeps it: columns for queries, the whole pure call as JSON in `state`. */
export type CallRecord = Pick<Row<'call'>, (typeof CALL_COLUMNS)[number]>

/** One line of a timeline as its table keeps it. */
export type TimelineRecord = Row<'call_event'>

/** A call of a list: its row, and the ticket that it belongs to. */
export interface ListedCall {
  row: CallRecord
  ticket: CallRow['ticket']
}

/** How a number is shown and matched; `null` is a hidden or unknown number. */
export type DescribeNumber = (raw: string | null) => PhoneNumber
/** Whose an extension was at that moment. */
export type StaffByExtension = (
  extension: string,
  at: Instant,
) => { id: string; displayName: string } | null

export function callToRow(
  call: Call,
  id: string,
  describeNumber: DescribeNumber,
  now: Instant,
): CallRecord {
  return {
    id,
    pbx_id: call.pbxId,
    uniqueid: call.uniqueid,
    direction: call.direction,
    status: call.status,
    outcome: call.outcome,
    queue: call.queue,
    caller_raw: call.callerIdNum ?? '',
    caller_key: describeNumber(call.callerIdNum).key,
    entered_at: call.enteredAt,
    answered_at: call.answeredAt,
    ticket_moment_at: call.ticketMomentAt,
    ended_at: call.endedAt,
    wait_seconds: waitSeconds(call),
    talk_seconds: talkSeconds(call),
    recovered: call.recovered ? 1 : 0,
    local_day: localDay(call.enteredAt),
    ...countsToColumns(contribution(call), countedQueue(call)),
    state: JSON.stringify(call),
    updated_at: now,
  }
}

export function countsToColumns(
  counts: CallCounts,
  queue: string | null,
): Pick<Row<'call'>, (typeof COUNT_COLUMNS)[number]> {
  const bucket = counts.waits.indexOf(1)
  return {
    counted_queue: queue,
    entered: counts.entered,
    within_service: counts.withinService,
    handled: counts.handled,
    agent_talk_seconds: counts.talkSeconds,
    agent_hold_seconds: counts.holdSeconds,
    wait_bucket: bucket === -1 ? null : bucket,
    offered: counts.offered,
    answered: counts.answered,
    abandoned: counts.abandoned,
    abandoned_short: counts.short,
    timed_out: counts.timedOut,
    asked: counts.asked,
    within_level: counts.withinLevel,
    answer_wait_seconds: counts.waitSeconds,
  }
}

export function timelineToRow(entry: TimelineEntry, id: string, callId: string): TimelineRecord {
  return {
    id,
    call_id: callId,
    event_key: entry.eventKey,
    at: entry.at,
    kind: entry.kind,
    detail: JSON.stringify(entry.detail),
  }
}

export function rowToContract(
  { row, ticket }: ListedCall,
  describeNumber: DescribeNumber,
): CallRow {
  return {
    id: row.id,
    pbxId: row.pbx_id,
    uniqueid: row.uniqueid,
    direction: callDirection.parse(row.direction),
    status: callStatus.parse(row.status),
    outcome: row.outcome === null ? null : callOutcome.parse(row.outcome),
    queue: row.queue,
    number: describeNumber(row.caller_raw === '' ? null : row.caller_raw),
    enteredAt: row.entered_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    waitSeconds: row.wait_seconds,
    talkSeconds: row.talk_seconds,
    recovered: row.recovered === 1,
    ticket,
  }
}

export function segmentToContract(
  segment: Segment,
  staffByExtension: StaffByExtension,
): CallDetail['segments'][number] {
  const { extension, how, startedAt, endedAt } = segment
  return { extension, staff: staffByExtension(extension, startedAt), how, startedAt, endedAt }
}

export function timelineToContract(
  at: Instant,
  kind: string,
  detail: Record<string, string>,
): CallDetail['timeline'][number] {
  return { at, kind, text: timelineText(kind, detail), detail }
}
