import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import {
  intakeChannel,
  team,
  ticketKind,
  type TicketPatch,
  ticketPriority,
  type TicketRef,
  type TicketRow,
  ticketStatus,
  timelineEntry,
  type TimelineEntry,
  timelineFields,
  type TimelineFields,
} from '#contract/tickets.ts'
import type { Row } from '../db/schema.ts'
import { searchTextOf } from '../customers/fold-text.ts'
import { nationalDigits } from '../customers/phone-number.ts'

export type StoredTicket = Row<'ticket'>
export type StoredTimeline = Row<'ticket_timeline'>

/** What the short form of a ticket needs. */
export type RefColumns = Pick<
  StoredTicket,
  'id' | 'code' | 'status' | 'subject' | 'received_at' | 'due_at'
>

/** A ticket among others of its caller, with the callback that is still promised on it. */
export interface TicketWithPromise
  extends RefColumns, Pick<StoredTicket, 'number_key' | 'customer_id'> {
  callback_id: string | null
  callback_due_at: string | null
  callback_note: string | null
  /** Whom the callback was promised to: the digits that are dialled. */
  callback_number: string | null
}

export interface Person {
  id: string
  displayName: string
}

/** What the columns refer to; a part that does not exist is null. */
export interface TicketParts {
  customer: CustomerRef | null
  number: PhoneNumber | null
  assignee: Person | null
  isProvisional: IsProvisional
}

/** Whether a deadline may still move, because a year on the way has no holidays yet. */
export type IsProvisional = (receivedAt: Instant, dueAt: Instant) => boolean

export function toTicketRef(row: RefColumns): TicketRef {
  return {
    id: row.id,
    code: row.code,
    status: ticketStatus.parse(row.status),
    subject: row.subject,
    receivedAt: row.received_at,
    dueAt: row.due_at,
  }
}

export function toTicketRow(row: StoredTicket, parts: TicketParts): TicketRow {
  const { customer, number, assignee } = parts
  return {
    ...toTicketRef(row),
    kind: ticketKind.parse(row.kind),
    priority: ticketPriority.parse(row.priority),
    team: team.parse(row.team),
    channel: intakeChannel.parse(row.channel),
    customer,
    number,
    assignee: assignee && { id: assignee.id, displayName: assignee.displayName },
    recovered: row.recovered === 1,
    dueProvisional: row.due_at !== null && parts.isProvisional(row.received_at, row.due_at),
    version: row.version,
  }
}

/** The fields of a timeline row as stored. */
export function parseFields(text: string): TimelineFields {
  return timelineFields.parse(JSON.parse(text))
}

export function toTimelineEntry(
  row: Omit<StoredTimeline, 'ticket_id' | 'actor_id'>,
  actor: Person | null,
): TimelineEntry {
  return timelineEntry.parse({ ...row, actor, fields: parseFields(row.fields) })
}

/** What the accent-free search looks at besides the customer. */
export function ticketSearchText(
  code: string,
  subject: string,
  number: PhoneNumber | null,
): string {
  return searchTextOf([code, number === null ? null : nationalDigits(number), subject])
}

/** What an edit changes: the new value of each field that differs, as the timeline shows it. */
export function editedFields(
  before: Pick<StoredTicket, 'subject' | 'description' | 'kind' | 'priority'>,
  patch: TicketPatch,
): Record<string, string> {
  const asked = {
    subject: patch.subject,
    description: patch.description,
    kind: patch.kind,
    priority: patch.priority,
  }
  const changed: Record<string, string> = {}
  for (const name of ['subject', 'description', 'kind', 'priority'] as const) {
    const value = asked[name]
    if (value !== undefined && value !== before[name]) changed[name] = value
  }
  return changed
}
