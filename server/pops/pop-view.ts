import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import type { OutageRef } from '#contract/casework/outages.ts'
import type { PopStage, ScreenPop } from '#contract/screen-pop.ts'
import { ticketStatus } from '#contract/tickets.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { NumberOwners } from '../customers/customer-record.ts'
import { digitsOfKey } from '../customers/phone-number.ts'
import { popCall, popNotice } from './screen-pop.ts'
import { isOpen } from '../tickets/ticket.ts'
import { type TicketWithPromise, toTicketRef } from '../tickets/ticket-record.ts'

/** What tells of which outage a call is. */
export interface OutageTicket {
  parentOutageId: string | null
  area: string | null
  service: string | null
  customerId: string | null
}

const MOST_OPEN_TICKETS = 20

/** Whom a call of ours calls, and the promise that it keeps; a call that was just ordered keeps none. */
export interface PromisedCall {
  promise: { callbackId: string; dueAt: string; note: string } | null
  numberRaw: string
}

/** What a pop is made of: its row, its call, whose number it is, and tickets read for many pops. */
export interface PopParts {
  row: {
    id: string
    call_id: string
    rev: number
    stage: PopStage
    ticket_id: string | null
    changed_at: string
  }
  call: Call
  /** The promise that this call keeps. */
  promised: PromisedCall | null
  number: PhoneNumber
  owners: Pick<NumberOwners, 'chosen' | 'candidates'>
  /** At least the pop's own ticket and the open ones of its number and customers. */
  tickets: readonly TicketWithPromise[]
  /** The open outage that a ticket, or the caller without one, is part of; null when there is none. */
  outageOf: (ticket: OutageTicket) => OutageRef | null
  /** Customers by id that are not among the owners. */
  others: ReadonlyMap<string, CustomerRef>
}

/** What the agent's screen shows. The ticket's customer counts before the owner of the number. */
export function toScreenPop(parts: PopParts): ScreenPop {
  const { row, call, number, owners, tickets } = parts
  const own = tickets.find((ticket) => ticket.id === row.ticket_id)
  const customer = ownCustomer(own, parts)
  const customerIds = customer ? [customer.id] : owners.candidates.map(({ id }) => id)
  const open = tickets.filter((ticket) => isOtherOpen(ticket, row.ticket_id, number, customerIds))
  return {
    id: row.id,
    rev: row.rev,
    stage: row.stage,
    call: popCall(row.call_id, call, number, row.changed_at),
    customer,
    candidates: owners.candidates,
    ticket: own ? toTicketRef(own) : null,
    openTickets: open.slice(0, MOST_OPEN_TICKETS).map(toTicketRef),
    promise: parts.promised?.promise ?? nextPromise(own ? [own, ...open] : open),
    outage: outageOfPop(own, customer, parts),
    notice: popNotice(call, number),
  }
}

/** Of the call's own ticket, else of the caller: by their contracts. */
function outageOfPop(
  own: TicketWithPromise | undefined,
  customer: CustomerRef | null,
  { outageOf }: PopParts,
): OutageRef | null {
  return outageOf({
    parentOutageId: own?.parent_outage_id ?? null,
    area: own?.area ?? null,
    service: own?.service ?? null,
    customerId: own?.customer_id ?? customer?.id ?? null,
  })
}

function ownCustomer(
  own: TicketWithPromise | undefined,
  { owners, others }: PopParts,
): CustomerRef | null {
  const id = own?.customer_id
  if (id === null || id === undefined) return owners.chosen
  return owners.candidates.find((candidate) => candidate.id === id) ?? others.get(id) ?? null
}

function isOtherOpen(
  ticket: TicketWithPromise,
  ownId: string | null,
  number: PhoneNumber,
  customerIds: readonly string[],
): boolean {
  if (ticket.id === ownId || !isOpen(ticketStatus.parse(ticket.status))) return false
  const sameNumber = number.key !== null && ticket.number_key === number.key
  const isPromised = number.key !== null && ticket.callback_number === digitsOfKey(number.key)
  return (
    sameNumber ||
    isPromised ||
    (ticket.customer_id !== null && customerIds.includes(ticket.customer_id))
  )
}

/** The callback that is due first on any of these tickets. */
function nextPromise(tickets: readonly TicketWithPromise[]): ScreenPop['promise'] {
  const promises = tickets.flatMap(({ callback_id, callback_due_at, callback_note }) =>
    callback_id === null || callback_due_at === null
      ? []
      : [{ callbackId: callback_id, dueAt: callback_due_at, note: callback_note ?? '' }],
  )
  const [next] = promises.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
  return next ?? null
}
