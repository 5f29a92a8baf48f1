import {
  callDirection,
  type CallDetail,
  callOutcome,
  type CallRow,
  callStatus,
} from '#contract/calls.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import { localDay } from '../calendar/working-days.ts'
import { type Call, type Segment, talkSeconds, waitSeconds } from './conversation/call.ts'
import type { TimelineEntry } from './call-timeline.ts'
import { timelineText } from './timeline-text.ts'

/** A call as its table keeps it: columns for queries, the whole pure call as JSON in `state`. */
export interface CallRecord {
  id: string
  pbx_id: string
  uniqueid: string
  direction: string
  status: string
  outcome: string | null
  queue: string | null
  caller_raw: string
  caller_key: string | null
  entered_at: string
  answered_at: string | null
  ended_at: string | null
  wait_seconds: number | null
  talk_seconds: number | null
  recovered: number
  local_day: string
  ticket_moment_at: string | null
  state: string
  updated_at: string
}

/** One line of a timeline as its table keeps it. */
export interface TimelineRecord {
  id: string
  call_id: string
  event_key: string
  at: string
  kind: string
  detail: string
}

/** A call of a list: its row, and the ticket that it belongs to. */
export interface ListedCall {
  row: CallRecord
  ticket: CallRow['ticket']
}

/** How a number is shown and matched; `null` is a hidden or unknown number. */
export type DescribeNumber = (raw: string | null) => PhoneNumber
export type StaffByExtension = (extension: string) => { id: string; displayName: string } | null

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
    ended_at: call.endedAt,
    wait_seconds: waitSeconds(call),
    talk_seconds: talkSeconds(call),
    recovered: call.recovered ? 1 : 0,
    local_day: localDay(call.enteredAt),
    ticket_moment_at: call.ticketMomentAt,
    state: JSON.stringify(call),
    updated_at: now,
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
  return { extension, staff: staffByExtension(extension), how, startedAt, endedAt }
}

export function timelineToContract(
  at: Instant,
  kind: string,
  detail: Record<string, string>,
): CallDetail['timeline'][number] {
  return { at, kind, text: timelineText(kind, detail), detail }
}

/** Where the page after this row begins; opaque to clients. */
export function cursorOf(row: Pick<CallRecord, 'entered_at' | 'id'>): string {
  return `${row.entered_at}~${row.id}`
}

/** Null when the text is no cursor of ours. */
export function readCursor(cursor: string): { enteredAt: string; id: string } | null {
  const [enteredAt = '', id = ''] = cursor.split('~')
  return enteredAt === '' || id === '' ? null : { enteredAt, id }
}
