import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import { ticketStatus } from '#contract/tickets.ts'
import type { Call } from '../calls/conversation/call.ts'
import { NOBODY, type NumberOwners } from '../customers/customer-record.ts'
import { giveNumberBack, takeNumbers } from '../db/counter.ts'
import type { Db } from '../db/schema.ts'
import { Conflict } from '../errors.ts'
import type { Trx } from '../db/transaction.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import type { DueAt } from './clocks.ts'
import type { OpenedTicket } from '../domain-fact.ts'
import { asStored, newTicket, type NewTicket, toOpened } from './new-ticket.ts'
import { codeYear, isOpen, NEW_TICKET, ticketCode } from './ticket.ts'
import { type IsProvisional, type Person, type StoredTicket, toTicketRow } from './ticket-record.ts'
import { findTicketOfCall } from './merged-ticket-store.ts'
import * as store from './ticket-store.ts'
import { addLines, hasLine, type TimelineNote } from './timeline-store.ts'

export interface CallTicketDeps {
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'ticketUpdated'>
  /** Takes `tickets_opened`. */
  state: StateFact
  dueAt: DueAt
  describeNumber: (raw: string | null, withheld: boolean) => PhoneNumber
  findByNumbers: (db: Db, keys: readonly string[]) => Promise<ReadonlyMap<string, NumberOwners>>
  staffById: (staffId: string) => Person | null
  isProvisional: IsProvisional
}

/** One answered conversation, for the ticket that it is owed. */
export interface CallOrder {
  callId: string
  call: Call
  /** Null when no member of staff has the extension that answered. */
  staffId: string | null
  /** True when nobody heard the answer in time: the ticket says so. */
  recovered?: boolean
  /** The earlier call that it goes on with: on its ticket, while that is open. */
  goesOnWith?: string | null
}

interface Caller {
  order: CallOrder
  number: PhoneNumber
  owners: NumberOwners
}

type FreshTicket = Caller & { row: NewTicket }

export interface EnsuredTicket {
  ticketId: string
  /** False when it was there before. */
  isNew: boolean
}

export type CallTicketService = ReturnType<typeof createCallTicketService>

/** What calls do to tickets: open one, join the one that is there, or belong to a promise's. */
export function createCallTicketService(deps: CallTicketDeps) {
  const { clock, newId, notifier } = deps

  /** The ticket of one conversation; as `ensureForCalls` for one. */
  async function ensureForCall(trx: Trx, order: CallOrder): Promise<EnsuredTicket> {
    const [ensured] = await ensureForCalls(trx, [order])
    if (ensured === undefined) throw new Error('one order was answered by none')
    return ensured
  }

  /**
   * The tickets of these conversations, each of another call, in the order given: opened at the first
   * answer, found again at every later one, as many of them in as few statements as one. Safe to
   * repeat, and two processes that hear the same answer open one: of several answers the transaction
   * then fails, and each is to be tried alone.
   */
  async function ensureForCalls<T extends CallOrder>(
    trx: Trx,
    orders: readonly T[],
  ): Promise<(T & EnsuredTicket)[]> {
    const ensured = new Map<string, EnsuredTicket>()
    for (const order of orders.filter(mayHaveTicket)) {
      // Transfers and callbacks: seldom more than one at once.
      // oxlint-disable-next-line no-await-in-loop
      const known = await findTicketOfCall(trx.db, order.callId)
      // oxlint-disable-next-line no-await-in-loop
      const ticket = known ?? (await openOfEarlier(trx.db, order))
      // oxlint-disable-next-line no-await-in-loop
      if (ticket !== null) ensured.set(order.callId, await join(trx, ticket, order))
    }
    await openAll(
      trx,
      orders.filter(({ callId }) => !ensured.has(callId)),
      ensured,
    )
    return orders.map((order) => {
      const ticket = ensured.get(order.callId)
      if (ticket === undefined) throw new Error(`call ${order.callId} got no ticket`)
      return { ...order, ...ticket }
    })
  }

  async function openAll(
    trx: Trx,
    orders: readonly CallOrder[],
    ensured: Map<string, EnsuredTicket>,
  ): Promise<void> {
    if (orders.length === 0) return
    const fresh = await numbered(trx, await withCallers(trx, orders))
    const stored = await store.insertTickets(
      trx.db,
      fresh.map(({ row }) => row),
    )
    if (stored < fresh.length) return joinOther(trx, fresh, ensured)
    await noteAll(trx, fresh.map(openedLine))
    const tickets = fresh.map(({ row, order }) => openedBy(row, order))
    await deps.state(trx, { type: 'tickets_opened', tickets })
    for (const { row, order, number, owners } of fresh) {
      announce(trx, row, { number, customer: owners.chosen })
      ensured.set(order.callId, { ticketId: row.id, isNew: true })
    }
  }

  /** Another process has opened the ticket meanwhile. */
  async function joinOther(
    trx: Trx,
    [one, ...others]: readonly FreshTicket[],
    ensured: Map<string, EnsuredTicket>,
  ): Promise<void> {
    if (one === undefined || others.length > 0) {
      throw new Conflict('a ticket of several was opened by another process')
    }
    const { order } = one
    await giveNumberBack(trx.db, counterOf(order))
    const other = await findTicketOfCall(trx.db, order.callId)
    if (other === null) throw new Error(`call ${order.callId} has a ticket that cannot be read`)
    ensured.set(order.callId, await join(trx, other, order))
  }

  async function withCallers(trx: Trx, orders: readonly CallOrder[]): Promise<Caller[]> {
    const callers = orders.map((order) => ({
      order,
      number: deps.describeNumber(order.call.callerIdNum, order.call.withheld),
    }))
    const keys = new Set(callers.flatMap(({ number }) => number.key ?? []))
    const owners = await deps.findByNumbers(trx.db, [...keys])
    return callers.map((caller) => ({
      ...caller,
      owners: owners.get(caller.number.key ?? '') ?? NOBODY,
    }))
  }

  /** Gives each its running number of the year, in the order of the answers. */
  async function numbered(trx: Trx, callers: readonly Caller[]): Promise<FreshTicket[]> {
    const fresh: FreshTicket[] = []
    for (const [counter, some] of Map.groupBy(callers, ({ order }) => counterOf(order))) {
      // Two counters at the turn of a year, else one.
      // oxlint-disable-next-line no-await-in-loop
      const first = await takeNumbers(trx.db, counter, some.length)
      fresh.push(
        ...some.map((caller, index) => ({ ...caller, row: ticketOf(caller, first + index) })),
      )
    }
    return fresh
  }

  function ticketOf({ order, number, owners }: Caller, running: number): NewTicket {
    const { callId, call, staffId, recovered = call.recovered } = order
    return newTicket(
      {
        channel: 'hotline',
        kind: NEW_TICKET.kind,
        subject: '',
        description: '',
        number,
        customerId: owners.chosen?.id ?? null,
        contract: owners.contract,
        assigneeId: staffId,
        receivedAt: call.enteredAt,
        openedByCallId: callId,
        recovered,
      },
      {
        id: newId(),
        code: ticketCode(codeYear(call.enteredAt), running),
        now: clock.now(),
        dueAt: deps.dueAt,
      },
    )
  }

  function announce(
    trx: Trx,
    row: NewTicket,
    found: { number: PhoneNumber; customer: CustomerRef | null },
  ): void {
    const assignee = row.assignee_id === null ? null : deps.staffById(row.assignee_id)
    const number = row.number_raw === null ? null : found.number
    // A new ticket is in no stage that has a clock.
    const shown = { isProvisional: deps.isProvisional, stageClock: null }
    const { customer } = found
    trx.afterCommit(() =>
      notifier.ticketUpdated(toTicketRow(asStored(row), { ...shown, customer, number, assignee })),
    )
  }

  /** A further agent of the conversation: one line per segment; a ticket nobody has becomes theirs. */
  async function join(trx: Trx, ticket: StoredTicket, order: CallOrder): Promise<EnsuredTicket> {
    const joined = { ticketId: ticket.id, isNew: false }
    const line = lineOf(ticket.id, order, 'call')
    if (await hasLine(trx.db, ticket.id, 'agentUniqueid', line.fields['agentUniqueid']))
      return joined
    await note(trx, line)
    if (ticket.assignee_id === null && order.staffId !== null) {
      await store.assignIfFree(trx.db, ticket.id, order.staffId)
    }
    return joined
  }

  /** The call that keeps a promise is a line of the promise's ticket; safe to repeat. */
  async function addCallbackCall(
    trx: Trx,
    callId: string,
    ticketId: string,
    actorId: string | null = null,
  ): Promise<void> {
    if (await hasLine(trx.db, ticketId, 'callId', callId)) return
    const fields = { callId, direction: 'callback' }
    await note(trx, { ticketId, actorId, kind: 'call', note: '', fields })
  }

  /** The same on the ticket that this call has, if it has one by now. */
  async function noteOfCall(
    trx: Trx,
    callId: string,
    line: Omit<TimelineNote, 'ticketId'>,
  ): Promise<void> {
    const ticket = await findTicketOfCall(trx.db, callId)
    if (ticket !== null) await note(trx, { ...line, ticketId: ticket.id })
  }

  /** One line of a ticket's timeline, now, in the caller's transaction. */
  function note(trx: Trx, line: TimelineNote): Promise<void> {
    return noteAll(trx, [line])
  }

  function noteAll(trx: Trx, lines: readonly TimelineNote[]): Promise<void> {
    const at = clock.now()
    return addLines(
      trx.db,
      lines.map((line) => ({ ...line, id: newId(), at })),
    )
  }

  return { ensureForCall, ensureForCalls, addCallbackCall, note, noteOfCall }
}

async function openOfEarlier(db: Db, { goesOnWith }: CallOrder): Promise<StoredTicket | null> {
  const ticket = goesOnWith == null ? null : await findTicketOfCall(db, goesOnWith)
  return ticket !== null && isOpen(ticketStatus.parse(ticket.status)) ? ticket : null
}

/** Only a first answer of a caller's own call has none for certain. */
function mayHaveTicket({ call }: CallOrder): boolean {
  return call.segments.length > 1 || call.direction === 'callback'
}

/** An agent has answered: the customer was spoken to. */
function openedBy(row: NewTicket, { call }: CallOrder): OpenedTicket {
  const acknowledgedAt = call.segments[0]?.startedAt ?? row.created_at
  return { ...toOpened(row), acknowledgedAt }
}

function counterOf({ call }: CallOrder): string {
  return `ticket:${codeYear(call.enteredAt)}`
}

function openedLine({ row, order, owners: { contract } }: FreshTicket): TimelineNote {
  const line = lineOf(row.id, order, 'opened')
  if (contract === null) return line
  return { ...line, fields: { ...line.fields, contractByNumber: contract.contractNo } }
}

function lineOf(
  ticketId: string,
  { callId, call, staffId }: CallOrder,
  kind: 'opened' | 'call',
): TimelineNote {
  const segment = call.segments.at(-1)
  const fields: Record<string, string> = { callId, direction: call.direction }
  if (call.queue !== null) fields['queue'] = call.queue
  if (segment) {
    fields['extension'] = segment.extension
    fields['how'] = segment.how
    fields['agentUniqueid'] = segment.agentUniqueid
  }
  return { ticketId, actorId: staffId, kind, note: '', fields }
}
