import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import type { OutageRef } from '#contract/casework/outages.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'
import type { Call } from '../calls/conversation/call.ts'
import { NOBODY, type NumberOwners } from '../customers/customer-record.ts'
import { digitsOfKey } from '../customers/phone-number.ts'
import type { Db } from '../db/schema.ts'
import type { TicketWithPromise } from '../tickets/ticket-record.ts'
import type { PopRow } from './pop-store.ts'
import { type OutageTicket, type PromisedCall, toScreenPop } from './pop-view.ts'

export interface PopViewDeps {
  describeNumber: (raw: string | null, withheld: boolean) => PhoneNumber
  findByNumbers: (db: Db, keys: readonly string[]) => Promise<ReadonlyMap<string, NumberOwners>>
  customersById: (db: Db, ids: readonly string[]) => Promise<Map<string, CustomerRef>>
  /** The open tickets of these customers and numbers. */
  openTickets: (
    db: Db,
    of: { customerIds: readonly string[]; phoneKeys: readonly string[] },
  ) => Promise<TicketWithPromise[]>
  /** These tickets whatever their state, the open ones of these numbers and of whose they are. */
  ticketsOfPops: (
    db: Db,
    pops: readonly { phoneKey: string | null; ticketId: string | null }[],
  ) => Promise<TicketWithPromise[]>
  /** The promises that these calls keep, by call; calls that keep none are missing. */
  promisesOfCalls: (db: Db, callIds: readonly string[]) => Promise<Map<string, PromisedCall>>
  /** Of which open outage a ticket or caller is; asks the database only while one is open. */
  outagesFor: (
    db: Db,
    customerIds: readonly string[],
  ) => Promise<(ticket: OutageTicket) => OutageRef | null>
  /** The stored calls; ids that do not exist are missing. */
  callsById: (db: Db, ids: readonly string[]) => Promise<Map<string, Call>>
}

/** A pop to be shown; its call when it is at hand, else it is read. */
export interface PopToShow {
  row: PopRow
  call: Call | null
}

interface NumberedPop {
  row: PopRow
  number: PhoneNumber
}

export interface ShownPop {
  staffId: string
  pop: ScreenPop
}

export type PopViewService = ReturnType<typeof createPopViewService>

/** Reads what pops show from the database, many pops in as many queries as one. */
export function createPopViewService(deps: PopViewDeps) {
  /** In the order given; a pop whose call does not exist is left out. */
  async function assemble(db: Db, batch: readonly PopToShow[]): Promise<ShownPop[]> {
    const makePops = await read(db, batch)
    return makePops()
  }

  /**
   * The same in two parts: what is to be read now, in a transaction that shall be short, and what is
   * made of it by what this answers, which needs no database.
   */
  async function read(db: Db, batch: readonly PopToShow[]): Promise<() => ShownPop[]> {
    const missing = distinct(batch.map(({ row, call }) => (call ? null : row.call_id)))
    const stored = missing.length === 0 ? null : await deps.callsById(db, missing)
    const known = batch.flatMap(({ row, call: atHand }) => {
      const call = atHand ?? stored?.get(row.call_id)
      return call ? [{ row, call }] : []
    })
    const promises = await readPromises(db, known)
    const pops = known.map(({ row, call }) => {
      const promised = promises.get(row.call_id) ?? null
      const raw = promised?.numberRaw ?? call.callerIdNum
      return { row, call, promised, number: deps.describeNumber(raw, call.withheld) }
    })
    const { ownersByKey, tickets, others } = await readShared(db, pops)
    const outageOf = await deps.outagesFor(db, customersOf(ownersByKey, tickets))
    return () => {
      const ticketsOf = ticketFinder(tickets)
      return pops.map((pop) => {
        const owners = ownersByKey.get(pop.number.key ?? '') ?? NOBODY
        const related = ticketsOf(pop.row.ticket_id, pop.number.key, owners)
        return {
          staffId: pop.row.staff_id,
          pop: toScreenPop({ ...pop, owners, tickets: related, others, outageOf }),
        }
      })
    }
  }

  /** Whom a callback calls is known from the promise before its call says a number. */
  async function readPromises(db: Db, pops: readonly { row: PopRow; call: Call }[]) {
    const callbacks = pops.filter(({ call }) => call.direction === 'callback')
    if (callbacks.length === 0) return new Map<string, PromisedCall>()
    return deps.promisesOfCalls(db, distinct(callbacks.map(({ row }) => row.call_id)))
  }

  async function readShared(db: Db, pops: readonly NumberedPop[]) {
    const phoneKeys = distinct(pops.map(({ number }) => number.key))
    const ticketIds = distinct(pops.map(({ row }) => row.ticket_id))
    const ownersByKey = await deps.findByNumbers(db, phoneKeys)
    const customerIds = distinct(
      phoneKeys.flatMap((key) => ownersByKey.get(key)?.candidates.map(({ id }) => id) ?? []),
    )
    const tickets = await deps.ticketsOfPops(
      db,
      pops.map(({ row, number }) => ({ phoneKey: number.key, ticketId: row.ticket_id })),
    )
    const strangers = strangersAmong(tickets, ticketIds, customerIds)
    return { ownersByKey, ...(await withStrangers(db, tickets, strangers)) }
  }

  /** Customers that somebody picked though they do not have the number: rare, so read apart. */
  async function withStrangers(db: Db, tickets: TicketWithPromise[], strangers: string[]) {
    if (strangers.length === 0) return { tickets, others: new Map<string, CustomerRef>() }
    const others = await deps.customersById(db, strangers)
    const more = await deps.openTickets(db, { customerIds: strangers, phoneKeys: [] })
    const known = new Set(tickets.map(({ id }) => id))
    return { tickets: [...tickets, ...more.filter(({ id }) => !known.has(id))], others }
  }

  return { assemble, read }
}

/** Tickets by what relates them to a pop, so that a burst of pops does not look at each for each. */
function ticketFinder(tickets: readonly TicketWithPromise[]) {
  const byId = Map.groupBy(tickets, (ticket) => ticket.id)
  const byNumber = Map.groupBy(tickets, (ticket) => ticket.number_key)
  const byPromise = Map.groupBy(tickets, (ticket) => ticket.callback_number)
  const byCustomer = Map.groupBy(tickets, (ticket) => ticket.customer_id)
  return (
    ownId: string | null,
    key: string | null,
    { candidates }: NumberOwners,
  ): TicketWithPromise[] => {
    const own = ownId === null ? [] : (byId.get(ownId) ?? [])
    const customerIds = [
      ...candidates.map(({ id }) => id),
      ...distinct([own[0]?.customer_id ?? null]),
    ]
    const related = [
      ...own,
      ...(key === null ? [] : (byNumber.get(key) ?? [])),
      ...(key === null ? [] : (byPromise.get(digitsOfKey(key)) ?? [])),
      ...customerIds.flatMap((id) => byCustomer.get(id) ?? []),
    ]
    return [...new Set(related)].toSorted(newestFirst)
  }
}

function newestFirst(a: TicketWithPromise, b: TicketWithPromise): number {
  if (a.received_at !== b.received_at) return a.received_at < b.received_at ? 1 : -1
  return a.id < b.id ? 1 : -1
}

function strangersAmong(
  tickets: readonly TicketWithPromise[],
  ownIds: readonly string[],
  customerIds: readonly string[],
): string[] {
  const own = new Set(ownIds)
  const known = new Set(customerIds)
  const picked = distinct(tickets.map((one) => (own.has(one.id) ? one.customer_id : null)))
  return picked.filter((id) => !known.has(id))
}

function customersOf(
  owners: ReadonlyMap<string, NumberOwners>,
  tickets: readonly TicketWithPromise[],
): string[] {
  const candidates = [...owners.values()].flatMap((one) => one.candidates.map(({ id }) => id))
  return distinct([...candidates, ...tickets.map((one) => one.customer_id)])
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))]
}
