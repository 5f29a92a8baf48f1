import type { PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import { type TicketKind, ticketKind, type TicketRow } from '#contract/tickets.ts'
import type { TicketContract } from '../customers/only-contract.ts'
import type { OpenedTicket } from '../domain-fact.ts'
import { type DueAt, ticketDueAt } from './clocks.ts'
import { NEW_TICKET, TICKET_STATES } from './ticket.ts'
import { contractAfter, NO_CONTRACT } from './ticket-contract.ts'
import type { StoredTicket } from './ticket-record.ts'

/** How a ticket comes in: what the customer's side said, and who or what took it in. */
export interface Intake {
  channel: TicketRow['channel']
  kind: TicketKind
  subject: string
  description: string
  /** Null when there is none; a hidden number is not kept. */
  number: PhoneNumber | null
  customerId: string | null
  /** The contract of that customer which it belongs to. */
  contract: TicketContract | null
  assigneeId: string | null
  /** When the customer reached us; deadlines count from here. */
  receivedAt: Instant
  /** The conversation that opens it; null for other channels. */
  openedByCallId: string | null
  /** True when its conversation was learnt of only afterwards. */
  recovered: boolean
}

/** A ticket's row before the process has touched it. */
export type NewTicket = Omit<StoredTicket, keyof typeof NOTHING_YET>

/** The row of a ticket that begins now (`process.md` transition 1). */
export function newTicket(
  intake: Intake,
  given: { id: string; code: string; now: Instant; dueAt: DueAt },
): NewTicket {
  const number = intake.number?.kind === 'anonymous' ? null : intake.number
  return {
    id: given.id,
    code: given.code,
    status: NEW_TICKET.status,
    kind: intake.kind,
    priority: NEW_TICKET.priority,
    team: TICKET_STATES[NEW_TICKET.status].owner,
    channel: intake.channel,
    subject: intake.subject,
    description: intake.description,
    customer_id: intake.customerId,
    ...contractAfter(NO_CONTRACT, null, intake.contract),
    number_raw: number?.raw ?? null,
    number_key: number?.key ?? null,
    assignee_id: intake.assigneeId,
    received_at: intake.receivedAt,
    due_at: ticketDueAt(intake.kind, intake.receivedAt, given.dueAt),
    opened_by_call_id: intake.openedByCallId,
    recovered: intake.recovered ? 1 : 0,
    version: 1,
    created_at: given.now,
    updated_at: given.now,
    subject_by_person: intake.subject === '' ? 0 : 1,
  }
}

/** What only the process fills in; an opened ticket leaves it to the columns' defaults. */
const NOTHING_YET = {
  loop_no: 1,
  status_since: null,
  return_status: null,
  return_assignee_id: null,
  reception_id: null,
  noc_assignee_id: null,
  open_question: null,
  category: null,
  service: null,
  area: null,
  contact_name: null,
  contact_raw: null,
  complainant: null,
  customer_request: null,
  cause_code: null,
  resolution_code: null,
  resolution: null,
  result_known_at: null,
  reply_channel: null,
  without_confirmation: 0,
  team_id: null,
  visit_at: null,
  restored_at: null,
  closed_at: null,
  parent_outage_id: null,
  past_outage_id: null,
  is_outage: 0,
  merged_into: null,
} satisfies Partial<StoredTicket>

/** What its clocks begin with. */
export function toOpened(row: NewTicket): OpenedTicket {
  const kind = ticketKind.parse(row.kind)
  const { id: ticketId, received_at: receivedAt } = row
  return { ticketId, kind, areaClass: row.area_class, receivedAt, acknowledgedAt: null }
}

/** The row as it is read after it was stored. */
export function asStored(row: NewTicket): StoredTicket {
  return { ...NOTHING_YET, ...row }
}
