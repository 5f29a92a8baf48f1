import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import { ticketCategory } from '#contract/casework/guidance.ts'
import type { Instant } from '#contract/primitives.ts'
import { type ClockView, complainant } from '#contract/casework/process.ts'
import {
  areaClass,
  intakeChannel,
  team,
  type Ticket,
  ticketKind,
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

export type StoredTicket = Row<'ticket'>
export type StoredTimeline = Row<'ticket_timeline'>

/** What the short form of a ticket needs. */
export type RefColumns = Pick<
  StoredTicket,
  'id' | 'code' | 'status' | 'subject' | 'received_at' | 'due_at'
>

/** A ticket among others of its caller, with the callback that is still promised on it. */
export interface TicketWithPromise
  extends
    RefColumns,
    Pick<StoredTicket, 'number_key' | 'customer_id' | 'area' | 'service' | 'parent_outage_id'> {
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
  stageClock: ClockView | null
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
    category: ticketCategory.nullable().parse(row.category),
    isOutage: row.is_outage === 1,
    area: row.area,
    loopNo: row.loop_no,
    statusSince: row.status_since ?? row.created_at,
    visitAt: row.visit_at,
    dueProvisional: row.due_at !== null && parts.isProvisional(row.received_at, row.due_at),
    stageClock: parts.stageClock,
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

/** What a ticket says of its matter beyond the row; `number` is the one that it came from. */
export function toTicketMatter(
  row: StoredTicket,
  parts: Pick<Ticket, 'contract' | 'number'> & { contact: PhoneNumber | null },
): Pick<
  Ticket,
  | 'description'
  | 'service'
  | 'areaClass'
  | 'address'
  | 'contact'
  | 'contract'
  | 'complainant'
  | 'customerRequest'
  | 'subjectIsMade'
  | 'openQuestion'
  | 'causeCode'
  | 'resolutionCode'
  | 'resolution'
  | 'resultKnownAt'
  | 'restoredAt'
  | 'closedAt'
  | 'withoutConfirmation'
> {
  return {
    description: row.description,
    service: row.service,
    areaClass: areaClass.nullable().parse(row.area_class),
    address: row.address,
    contact: { name: row.contact_name, number: parts.contact ?? parts.number },
    contract: parts.contract,
    complainant: row.complainant === null ? null : complainant.parse(JSON.parse(row.complainant)),
    customerRequest: row.customer_request,
    subjectIsMade: row.subject_by_person === 0,
    openQuestion: row.open_question,
    causeCode: row.cause_code,
    resolutionCode: row.resolution_code,
    resolution: row.resolution,
    resultKnownAt: row.result_known_at,
    restoredAt: row.restored_at,
    closedAt: row.closed_at,
    withoutConfirmation: row.without_confirmation === 1,
  }
}
