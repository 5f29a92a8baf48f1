import type { CallbackView } from '#contract/callbacks.ts'
import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import {
  ticketStatus,
  type Ticket,
  type TicketCall,
  type TicketCreate,
  type TicketPatch,
  type TicketQuery,
  type TicketRef,
  type TicketRow,
} from '#contract/tickets.ts'
import type { NumberOwners } from '../customers/customer-record.ts'
import { takeNumber } from '../db/counter.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, InvalidInput, NotFound, unprocessable } from '../errors.ts'
import type { Clock, NewId, Notifier } from '../ports.ts'
import type { CallTicketService } from './call-ticket-service.ts'
import { type DueAt, ticketDueAt } from './clocks.ts'
import { countOpenOf, redateOpenTickets, selectOpenTickets } from './open-ticket-store.ts'
import { actionsFor, codeYear, isOpen, NEW_TICKET, TICKET_STATES, ticketCode } from './ticket.ts'
import {
  editedFields,
  type Person,
  readCursor,
  ticketSearchText,
  toTicketRef,
  toTicketRow,
  toTimelineEntry,
  writeCursor,
} from './ticket-record.ts'
import * as store from './ticket-store.ts'

export interface TicketDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Notifier
  /** Writes timeline lines; the other half of the tickets. */
  callTickets: Pick<CallTicketService, 'note'>
  dueAt: DueAt
  describeNumber: (raw: string | null) => PhoneNumber
  findByNumber: (db: Db, key: string | null) => Promise<NumberOwners>
  customersById: (db: Db, ids: readonly string[]) => Promise<Map<string, CustomerRef>>
  rememberChoice: (
    trx: Trx,
    pick: { phoneKey: string; customerId: string; staffId: string },
  ) => Promise<boolean>
  staffById: (staffId: string) => Person | null
  callsOf: (ticketId: string) => Promise<TicketCall[]>
  callbacksOf: (ticketId: string) => Promise<CallbackView[]>
  /** Shows the change in the pops that show this ticket. */
  touchPops: (trx: Trx, ticketId: string) => Promise<void>
}

export type TicketService = ReturnType<typeof createTicketService>

/** Tickets as people search, open, read and edit them. */
export function createTicketService(deps: TicketDeps) {
  const { database, clock, newId, callTickets } = deps

  function person(staffId: string | null): Person | null {
    const found = staffId === null ? null : deps.staffById(staffId)
    return found && { id: found.id, displayName: found.displayName }
  }

  async function toRows(db: Db, rows: readonly store.StoredTicket[]): Promise<TicketRow[]> {
    const ids = rows.flatMap((row) => row.customer_id ?? [])
    const customers = await deps.customersById(db, [...new Set(ids)])
    return rows.map((row) =>
      toTicketRow(row, {
        customer: customers.get(row.customer_id ?? '') ?? null,
        number: row.number_raw === null ? null : deps.describeNumber(row.number_raw),
        assignee: person(row.assignee_id),
      }),
    )
  }

  /** Newest receipt first. `assignee` may be `me` or `none`. Throws InvalidInput for a wrong cursor. */
  async function list(query: TicketQuery, user: SessionUser) {
    const { cursor, assignee, overdue, limit, ...filter } = query
    const rows = await store.searchTickets(database.db, {
      ...filter,
      limit: limit + 1,
      after: cursor === undefined ? null : requireCursor(cursor),
      ...(assignee === undefined ? {} : { assigneeId: assigneeId(assignee, user) }),
      ...(overdue === '1' ? { dueBefore: clock.now() } : {}),
    })
    const page = rows.slice(0, limit)
    const last = rows.length > page.length ? page.at(-1) : undefined
    return {
      items: await toRows(database.db, page),
      nextCursor: last ? writeCursor({ receivedAt: last.received_at, id: last.id }) : null,
    }
  }

  /** Everything about one ticket, with what this person may do now. Throws NotFound. */
  async function get(id: string, user: SessionUser): Promise<Ticket> {
    const row = await requireTicket(database.db, id)
    const [shown] = await toRows(database.db, [row])
    if (!shown) throw new NotFound('ticket', id)
    const { candidates } = await deps.findByNumber(database.db, row.number_key)
    const timeline = await store.selectTimeline(database.db, id)
    const callbacks = await deps.callbacksOf(id)
    const hasOpenCallback = callbacks.some(({ status }) =>
      ['scheduled', 'dialing'].includes(status),
    )
    return {
      ...shown,
      description: row.description,
      candidates,
      calls: await deps.callsOf(id),
      callbacks,
      timeline: timeline.map((entry) => toTimelineEntry(entry, person(entry.actor_id))),
      actions: actionsFor({ role: user.role, status: shown.status, hasOpenCallback }),
    }
  }

  /** Opens a ticket by hand; received now, assigned to who opens it. */
  async function create(order: TicketCreate, user: SessionUser): Promise<Ticket> {
    const number = order.number === null ? null : deps.describeNumber(order.number)
    const id = await database.transaction(async (trx) => {
      const now = clock.now()
      const customerId =
        order.customerId === null
          ? ((await deps.findByNumber(trx.db, number?.key ?? null)).chosen?.id ?? null)
          : (await requireCustomer(trx.db, order.customerId)).id
      const year = codeYear(now)
      const code = ticketCode(year, await takeNumber(trx.db, `ticket:${year}`))
      const row = handmade(order, { code, number, customerId, at: now, userId: user.id })
      await store.insertTicket(trx.db, row)
      const fields = { channel: order.channel }
      await callTickets.note(trx, line(row.id, user, 'opened', fields))
      await announce(trx, row)
      return row.id
    })
    return get(id, user)
  }

  function handmade(
    order: TicketCreate,
    of: {
      code: string
      number: PhoneNumber | null
      customerId: string | null
      at: Instant
      userId: string
    },
  ): store.StoredTicket {
    const number = of.number?.kind === 'anonymous' ? null : of.number
    return {
      ...NEW_TICKET,
      id: newId(),
      code: of.code,
      kind: order.kind,
      team: TICKET_STATES[NEW_TICKET.status].owner,
      channel: order.channel,
      subject: order.subject,
      description: order.description,
      customer_id: of.customerId,
      number_raw: number?.raw ?? null,
      number_key: number?.key ?? null,
      assignee_id: of.userId,
      received_at: of.at,
      due_at: ticketDueAt(order.kind, of.at, deps.dueAt),
      opened_by_call_id: null,
      recovered: 0,
      search_text: ticketSearchText(of.code, order.subject, number),
      version: 1,
      created_at: of.at,
      updated_at: of.at,
    }
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
      if (Object.keys(fields).length === 0 && picked === undefined) return
      const after = await store.updateTicket(trx.db, id, order.version, {
        ...changedColumns(before, order, fields),
        ...(picked === undefined ? {} : { customer_id: picked?.id ?? null }),
      })
      if (!after) throw stale(before.version + 1)
      if (Object.keys(fields).length > 0) {
        await callTickets.note(trx, line(id, user, 'edited', fields))
      }
      if (picked !== undefined) {
        await callTickets.note(trx, line(id, user, 'customer_chosen', chosenFields(picked)))
      }
      await deps.touchPops(trx, id)
      await announce(trx, after)
    })
    return get(id, user)
  }

  function changedColumns(
    before: store.StoredTicket,
    order: TicketPatch,
    fields: Record<string, string>,
  ): Partial<store.StoredTicket> {
    const number = before.number_raw === null ? null : deps.describeNumber(before.number_raw)
    const { subject, kind } = order
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
    before: store.StoredTicket,
    { customerId }: TicketPatch,
    user: SessionUser,
  ): Promise<CustomerRef | null | undefined> {
    if (customerId === undefined) return undefined
    if (customerId === null) return before.customer_id === null ? undefined : null
    const customer = await requireCustomer(trx.db, customerId)
    if (before.number_key !== null) {
      const pick = { phoneKey: before.number_key, customerId, staffId: user.id }
      await deps.rememberChoice(trx, pick)
    }
    return before.customer_id === customerId ? undefined : customer
  }

  /** Anybody signed in may add a note, also to a ticket that is over. Throws NotFound. */
  async function addNote(id: string, text: string, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const row = await requireTicket(trx.db, id)
      await callTickets.note(trx, { ...line(id, user, 'note', {}), note: text })
      await announce(trx, row)
    })
    return get(id, user)
  }

  async function announce(trx: Trx, row: store.StoredTicket): Promise<void> {
    const [shown] = await toRows(trx.db, [row])
    if (shown) trx.afterCommit(() => deps.notifier.ticketUpdated(shown))
  }

  async function requireCustomer(db: Db, customerId: string): Promise<CustomerRef> {
    const customer = (await deps.customersById(db, [customerId])).get(customerId)
    if (!customer) throw unprocessable('customerId', `there is no customer "${customerId}"`)
    return customer
  }

  return {
    list,
    get,
    create,
    patch,
    addNote,
    openTicketsFor,
    promisedTicket,
    /** How many open tickets this person has. */
    countOpen: (staffId: string) => countOpenOf(database.db, staffId),
    /** Sets the deadlines of all open tickets by another calendar; answers how many moved. */
    redateOpen: (trx: Trx, dueAt: DueAt) => redateOpenTickets(trx.db, dueAt, clock.now()),
  }
}

/** Open tickets of these customers or this number, newest first. */
async function openTicketsFor(
  db: Db,
  of: { customerIds: string[]; phoneKey: string | null },
): Promise<TicketRef[]> {
  const phoneKeys = of.phoneKey === null ? [] : [of.phoneKey]
  const rows = await selectOpenTickets(db, { customerIds: of.customerIds, phoneKeys })
  return rows.map(toTicketRef)
}

/** What a promise of a callback needs to know of its ticket; null when there is none. */
async function promisedTicket(db: Db, id: string) {
  const row = await store.selectTicket(db, id)
  if (!row) return null
  return {
    id,
    numberRaw: row.number_raw,
    assigneeId: row.assignee_id,
    isOpen: isOpen(ticketStatus.parse(row.status)),
  }
}

async function requireTicket(db: Db, id: string): Promise<store.StoredTicket> {
  const row = await store.selectTicket(db, id)
  if (!row) throw new NotFound('ticket', id)
  return row
}

function requireEditable(row: store.StoredTicket, version: number): void {
  if (row.version !== version) throw stale(row.version)
  if (!isOpen(ticketStatus.parse(row.status))) {
    throw new Conflict(`the ticket is ${row.status}: only notes can be added`)
  }
}

function stale(version: number): Conflict {
  return new Conflict(`the ticket was changed meanwhile (version is ${version} now)`)
}

function requireCursor(text: string) {
  const cursor = readCursor(text)
  if (cursor) return cursor
  const message = 'is not a cursor of this list: take nextCursor of the page before'
  throw new InvalidInput(message, [{ path: 'cursor', message }])
}

function assigneeId(asked: string, user: SessionUser): string | null {
  if (asked === 'none') return null
  return asked === 'me' ? user.id : asked
}

function line(
  ticketId: string,
  user: SessionUser,
  kind: 'opened' | 'edited' | 'customer_chosen' | 'note',
  fields: Record<string, string>,
) {
  return { ticketId, actorId: user.id, kind, note: '', fields }
}

function chosenFields(picked: CustomerRef | null): Record<string, string> {
  return picked === null ? {} : { customerId: picked.id, code: picked.code, name: picked.name }
}
