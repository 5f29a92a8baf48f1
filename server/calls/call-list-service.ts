import type { CallQuery, ListedCall as ShownCall } from '#contract/calls.ts'
import type { Role } from '#contract/staff.ts'
import type { Database } from '../db/transaction.ts'
import { Forbidden } from '../errors.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import { seesNumbers } from '../teams/masked-number.ts'
import { toCallFilter } from './call-filter.ts'
import { type CallPage, type FoundBy, listCalls, listFoundCalls } from './call-list-store.ts'
import {
  type DescribeNumber,
  type ListedCall,
  rowToContract,
  type StaffByExtension,
} from './call-record.ts'
import { customersOfTickets, readState } from './call-store.ts'

interface WordsOrder {
  q: string
  limit: number
  /** Whoever asks sees no numbers: nothing is found by the digits of one. */
  hidesNumbers: boolean
  wantsTotal: false
}

export interface CallListDeps {
  database: Database
  describeNumber: DescribeNumber
  staffByExtensionAt: StaffByExtension
  /** Every extension that the person has or had, and their mobile. */
  phonesOf: (staffId: string) => string[]
  /** Tickets by words, the best first. */
  findTickets: (
    order: WordsOrder,
  ) => Promise<{ hits: { id: string }[]; hasMore: boolean; complete: boolean }>
  /** The numbers of customers who are found by words. */
  numbersFound: (order: WordsOrder) => Promise<{ phoneKeys: string[]; complete: boolean }>
}

/** Tickets and customers whose calls are looked for, when more fit the words. */
const MOST_TICKETS = 200
const MOST_CUSTOMERS = 50
/** Calls that are looked at in one go for those that one person talked on. */
const LOOKED_AT = 200
/** Goes of one page; what comes after stands behind its cursor, even when the page is not full. */
const MOST_ROUNDS = 10

export type CallListService = ReturnType<typeof createCallListService>

/** Calls as people list, filter and search them. */
export function createCallListService(deps: CallListDeps) {
  const { database } = deps

  /**
   * Newest first. Technicians are told of no customers here: they have those of their jobs. Throws
   * InvalidInput for a cursor that is not ours, Forbidden for a technician's search.
   */
  async function list(query: CallQuery, { role }: { role: Role }) {
    const after = query.cursor === undefined ? null : readCursor(query.cursor)
    const found = query.q ? await foundBy(query.q, role) : null
    const { agent } = query
    const filter = toCallFilter(query, agent === undefined ? [] : deps.phonesOf(agent))
    const read = (page: CallPage) => {
      if (filter.phones?.length === 0) return Promise.resolve([])
      if (found !== null) {
        return database.longRead((db) => listFoundCalls(db, filter, found, page))
      }
      if (filter.phones === undefined) return listCalls(database.db, filter, page)
      return database.longRead((db) => listCalls(db, filter, page))
    }
    const page =
      agent === undefined
        ? cutCalls(await read({ after, limit: query.limit + 1 }), query.limit)
        : await talkedOn(agent, read, { after, limit: query.limit })
    const items = await shown(page.items, role)
    return { items, nextCursor: page.nextCursor, complete: found?.complete ?? true }
  }

  async function foundBy(q: string, role: Role): Promise<FoundBy & { complete: boolean }> {
    if (role === 'field') throw new Forbidden('your role looks for tickets, not for calls')
    const hidesNumbers = !seesNumbers(role)
    const order = { q, hidesNumbers, wantsTotal: false } as const
    const tickets = await deps.findTickets({ ...order, limit: MOST_TICKETS })
    const customers = await deps.numbersFound({ ...order, limit: MOST_CUSTOMERS })
    const whole = hidesNumbers ? null : deps.describeNumber(q).key
    const phoneKeys = new Set([...(whole === null ? [] : [whole]), ...customers.phoneKeys])
    return {
      ticketIds: tickets.hits.map(({ id }) => id),
      phoneKeys: [...phoneKeys],
      complete: !tickets.hasMore && tickets.complete && customers.complete,
    }
  }

  /** Of the calls that name the person's phones those on which it was theirs, and they talked. */
  async function talkedOn(
    staffId: string,
    read: (page: CallPage) => Promise<ListedCall[]>,
    { after, limit }: CallPage,
  ) {
    const kept: ListedCall[] = []
    let reached = after
    for (let round = 0; round < MOST_ROUNDS && kept.length <= limit; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- until the page is full
      const rows = await read({ after: reached, limit: LOOKED_AT })
      kept.push(...rows.filter(({ row }) => agentsOf(row.state).some(({ id }) => id === staffId)))
      const last = rows.at(-1)
      if (last === undefined || rows.length < LOOKED_AT) return cutCalls(kept, limit)
      reached = { at: last.row.entered_at, id: last.row.id }
    }
    const page = cutCalls(kept, limit)
    return { ...page, nextCursor: page.nextCursor ?? (reached && writeCursor(reached)) }
  }

  async function shown(calls: readonly ListedCall[], role: Role): Promise<ShownCall[]> {
    const ticketIds = calls.flatMap(({ ticket }) => ticket?.id ?? [])
    const named = role === 'field' ? [] : ticketIds
    const customers = await customersOfTickets(database.db, [...new Set(named)])
    return calls.map((listed) => ({
      ...rowToContract(listed, deps.describeNumber),
      customer: customers.get(listed.ticket?.id ?? '') ?? null,
      agents: [...new Set(agentsOf(listed.row.state).map(({ name }) => name))],
    }))
  }

  /** Who talked, in their order; of a call that this version cannot read nobody is known. */
  function agentsOf(state: string): { id: string | null; name: string }[] {
    const segments = readState(state)?.segments ?? []
    return segments.map(({ extension, startedAt }) => {
      const person = deps.staffByExtensionAt(extension, startedAt)
      return { id: person?.id ?? null, name: person?.displayName ?? extension }
    })
  }

  return { list }
}

function cutCalls(rows: readonly ListedCall[], limit: number) {
  return cutPage(rows, limit, ({ row }) => writeCursor({ at: row.entered_at, id: row.id }))
}
