import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import type { SessionUser } from '#contract/staff.ts'
import {
  ticketStatus,
  type Ticket,
  type TicketCreate,
  type TicketPatch,
  type TimelineEntry,
} from '#contract/tickets.ts'
import { cleanNumberText, faultMessage, writtenFault } from '../customers/customer-number.ts'
import type { NumberOwners } from '../customers/customer-record.ts'
import { takeNumber } from '../db/counter.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, InvalidInput, NotFound, unprocessable } from '../errors.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import { type DueAt, ticketDueAt } from './clocks.ts'
import { asStored, newTicket } from './new-ticket.ts'
import { codeYear, isOpen, ticketCode } from './ticket.ts'
import { editedFields, type StoredTicket, ticketSearchText } from './ticket-record.ts'
import { insertTickets, selectTicket, updateTicket } from './ticket-store.ts'
import type { TicketViewService } from './ticket-view-service.ts'
import { addLines } from './timeline-store.ts'

export interface TicketDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'ticketUpdated'>
  state: StateFact
  view: TicketViewService
  dueAt: DueAt
  describeNumber: (raw: string | null) => PhoneNumber
  findByNumber: (db: Db, key: string | null) => Promise<NumberOwners>
  customersById: (db: Db, ids: readonly string[]) => Promise<Map<string, CustomerRef>>
}

type EditLine = Pick<TimelineEntry, 'kind' | 'fields'> & { note?: string }

export type TicketService = ReturnType<typeof createTicketService>

/** Tickets as people open and edit them. */
export function createTicketService(deps: TicketDeps) {
  const { database, clock, newId, view } = deps

  /** Opens a ticket by hand; received now, assigned to who opens it. */
  async function create(order: TicketCreate, user: SessionUser): Promise<Ticket> {
    const number = readGivenNumber(order.number)
    const id = await database.transaction(async (trx) => {
      const now = clock.now()
      const customerId = await customerOf(trx.db, order, number)
      const year = codeYear(now)
      const code = ticketCode(year, await takeNumber(trx.db, `ticket:${year}`))
      const { channel, kind, subject, description } = order
      const row = newTicket(
        {
          channel,
          kind,
          subject,
          description,
          number,
          customerId,
          assigneeId: user.id,
          receivedAt: now,
          openedByCallId: null,
          recovered: false,
        },
        { id: newId(), code, now, dueAt: deps.dueAt },
      )
      await insertTickets(trx.db, [row])
      await addTo(trx, row.id, user, { kind: 'opened', fields: { channel } })
      await announce(trx, asStored(row))
      return row.id
    })
    return view.get(id, user)
  }

  /** Throws InvalidInput (422) for what no telephone can be, such as two numbers in one field. */
  function readGivenNumber(given: string | null): PhoneNumber | null {
    if (given === null) return null
    const text = cleanNumberText(given)
    const number = deps.describeNumber(text)
    const code = writtenFault(text, number)
    if (code === null) return number
    const message = faultMessage(given, code)
    throw new InvalidInput(message, [{ path: 'number', message, code }], 422)
  }

  /** The customer who was named, else the only one with this number. */
  async function customerOf(
    db: Db,
    order: TicketCreate,
    number: PhoneNumber | null,
  ): Promise<string | null> {
    if (order.customerId !== null) return (await requireCustomer(db, order.customerId)).id
    return (await deps.findByNumber(db, number?.key ?? null)).chosen?.id ?? null
  }

  /**
   * Edits fields or picks the customer, who is then remembered for the number. Throws NotFound,
   * Conflict for a stale version or a ticket that is over, InvalidInput (422) for an unknown customer.
   */
  async function patch(id: string, order: TicketPatch, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const before = await requireTicket(trx.db, id)
      requireEditable(before, order.version)
      const fields = editedFields(before, order)
      const picked = await pickCustomer(trx, before, order, user)
      const hasFields = Object.keys(fields).length > 0
      if (!hasFields && picked === undefined) return
      const after = await updateTicket(trx.db, id, order.version, {
        ...changedColumns(before, order, fields),
        ...(picked === undefined ? {} : { customer_id: picked?.id ?? null }),
      })
      if (!after) throw stale(before.version + 1)
      if (hasFields) await addTo(trx, id, user, { kind: 'edited', fields })
      if (picked !== undefined) {
        await addTo(trx, id, user, { kind: 'customer_chosen', fields: chosenFields(picked) })
      }
      await deps.state(trx, { type: 'ticket_changed', ticketId: id })
      await announce(trx, after)
    })
    return view.get(id, user)
  }

  /** Read anew: what an earlier release stored as a key may be nobody's today. */
  function numberOf(row: StoredTicket): PhoneNumber | null {
    return row.number_raw === null ? null : deps.describeNumber(row.number_raw)
  }

  function changedColumns(
    before: StoredTicket,
    { subject, kind }: TicketPatch,
    fields: Record<string, string>,
  ): Partial<StoredTicket> {
    const number = numberOf(before)
    return {
      ...fields,
      updated_at: clock.now(),
      ...(subject === undefined
        ? {}
        : { search_text: ticketSearchText(before.code, subject, number) }),
      ...(kind === undefined || kind === before.kind
        ? {}
        : { due_at: ticketDueAt(kind, before.received_at, deps.dueAt) }),
    }
  }

  /** The customer after the edit, or undefined when it stays. A pick is remembered even when it stays. */
  async function pickCustomer(
    trx: Trx,
    before: StoredTicket,
    { customerId }: TicketPatch,
    user: SessionUser,
  ): Promise<CustomerRef | null | undefined> {
    if (customerId === undefined) return undefined
    if (customerId === null) return before.customer_id === null ? undefined : null
    const customer = await requireCustomer(trx.db, customerId)
    const phoneKey = numberOf(before)?.key ?? null
    if (phoneKey !== null) {
      const pick = { phoneKey, customerId, staffId: user.id }
      await deps.state(trx, { type: 'customer_picked', ...pick })
    }
    return before.customer_id === customerId ? undefined : customer
  }

  /** Anybody signed in may add a note, also to a ticket that is over. Throws NotFound. */
  async function addNote(id: string, note: string, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const row = await requireTicket(trx.db, id)
      await addTo(trx, id, user, { kind: 'note', note, fields: {} })
      await announce(trx, row)
    })
    return view.get(id, user)
  }

  function addTo(
    trx: Trx,
    ticketId: string,
    user: SessionUser,
    { kind, fields, note = '' }: EditLine,
  ): Promise<void> {
    const line = { ticketId, actorId: user.id, kind, fields, note }
    return addLines(trx.db, [{ ...line, id: newId(), at: clock.now() }])
  }

  async function announce(trx: Trx, row: StoredTicket): Promise<void> {
    const [shown] = await view.toRows(trx.db, [row])
    if (shown) trx.afterCommit(() => deps.notifier.ticketUpdated(shown))
  }

  /** Tells every page of the ticket as it stands in this transaction, once it is durable. */
  async function announceById(trx: Trx, ticketId: string): Promise<void> {
    const row = await selectTicket(trx.db, ticketId)
    if (row !== undefined) await announce(trx, row)
  }

  async function requireCustomer(db: Db, customerId: string): Promise<CustomerRef> {
    const customer = (await deps.customersById(db, [customerId])).get(customerId)
    if (!customer) throw unprocessable('customerId', `there is no customer "${customerId}"`)
    return customer
  }

  return { create, patch, addNote, announce: announceById }
}

async function requireTicket(db: Db, id: string): Promise<StoredTicket> {
  const row = await selectTicket(db, id)
  if (!row) throw new NotFound('ticket', id)
  return row
}

function requireEditable(row: StoredTicket, version: number): void {
  if (row.version !== version) throw stale(row.version)
  if (!isOpen(ticketStatus.parse(row.status))) {
    throw new Conflict(`the ticket is ${row.status}: only notes can be added`)
  }
}

function stale(version: number): Conflict {
  return new Conflict(`the ticket was changed meanwhile (version is ${version} now)`)
}

function chosenFields(picked: CustomerRef | null): Record<string, string> {
  return picked === null ? {} : { customerId: picked.id, code: picked.code, name: picked.name }
}
