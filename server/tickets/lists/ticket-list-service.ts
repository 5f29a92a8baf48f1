import type { PhoneNumber } from '#contract/customers.ts'
import type { FoundTotal } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Team, TicketCounts, TicketQuery, TicketRow } from '#contract/tickets.ts'
import type { Db } from '../../db/schema.ts'
import type { Database } from '../../db/transaction.ts'
import { InvalidInput } from '../../errors.ts'
import { cutPage, readCursor, writeCursor } from '../../page.ts'
import type { Clock } from '../../ports.ts'
import { seesNumbers } from '../../teams/masked-number.ts'
import { countOpenOf } from '../open-ticket-store.ts'
import { isOpen, TICKET_STATES } from '../ticket.ts'
import {
  isOfWordsAlone,
  looksAtMany,
  orderOf,
  type TicketFilter,
  toFilter,
} from './ticket-filter.ts'
import { countByStatus, countEach, countOverdue } from './ticket-count-store.ts'
import { listTickets, selectListed } from './ticket-list-store.ts'
import type { StoredTicket } from '../ticket-record.ts'
import type { TicketViewService } from '../ticket-view-service.ts'

interface Found {
  hits: { id: string; cursor: string }[]
  hasMore: boolean
  total: FoundTotal | null
  complete: boolean
}

export interface TicketListDeps {
  database: Database
  clock: Clock
  view: Pick<TicketViewService, 'toRows'>
  describeNumber: (raw: string | null) => PhoneNumber
  /** Tickets by words, the best first. */
  findTickets: (order: {
    q: string
    limit: number
    cursor?: string | undefined
    openOnly: boolean
    hidesNumbers: boolean
    wantsTotal: boolean
  }) => Promise<Found>
}

export interface TicketList {
  items: TicketRow[]
  nextCursor: string | null
  total: FoundTotal | null
  complete: boolean
}

/** Found tickets that are looked at in one go when filters decide, too. */
const LOOKED_AT = 500
/** Goes of one page; what comes after stands behind its cursor, even when the page is not full. */
const MOST_ROUNDS = 10

export type TicketListService = ReturnType<typeof createTicketListService>

/** Tickets as people list, filter and search them. */
export function createTicketListService(deps: TicketListDeps) {
  const { database, clock } = deps

  function filterOf(query: TicketQuery, user: SessionUser): TicketFilter {
    const readNumber = deps.describeNumber
    return toFilter(query, { userId: user.id, now: clock.now(), readNumber })
  }

  /**
   * Newest receipt first unless sorted; with words the best found first. Throws InvalidInput for a
   * wrong cursor, and for a search that is to be sorted.
   */
  async function list(query: TicketQuery, user: SessionUser): Promise<TicketList> {
    const filter = filterOf(query, user)
    if (query.q) return search({ ...query, q: query.q }, filter, user)
    const { cursor, limit } = query
    const after = cursor === undefined ? null : readCursor(cursor)
    const page = { ...orderOf(query), after, limit: limit + 1 }
    const read = (db: Db) => listTickets(db, filter, page)
    const rows = await (looksAtMany(filter, page) ? database.longRead(read) : read(database.db))
    const { items, nextCursor } = cutPage(rows, limit, (row) =>
      writeCursor({ at: row.sort_at, id: row.id }),
    )
    const shown = await deps.view.toRows(database.db, items)
    return { items: shown, nextCursor, total: null, complete: true }
  }

  async function search(
    query: TicketQuery & { q: string },
    filter: TicketFilter,
    { role }: SessionUser,
  ) {
    refuseSorting(query)
    const byWords = isOfWordsAlone(filter)
    const openOnly = filter.statuses.every(isOpen)
    const wantsTotal = byWords !== null
    const order = { q: query.q, openOnly, hidesNumbers: !seesNumbers(role), wantsTotal }
    const kept: { row: StoredTicket; cursor: string }[] = []
    let { cursor } = query
    let found: Found | null = null
    let total: FoundTotal | null = null
    for (let round = 0; round < MOST_ROUNDS && kept.length <= query.limit; round += 1) {
      if (found !== null && !found.hasMore) break
      const limit = byWords === null ? LOOKED_AT : query.limit + 1
      // oxlint-disable-next-line no-await-in-loop -- until the page is full
      found = await deps.findTickets({ ...order, limit, cursor })
      if (round === 0) ({ total } = found)
      // oxlint-disable-next-line no-await-in-loop
      kept.push(...(await listedOf(found.hits, filter)))
      cursor = found.hits.at(-1)?.cursor ?? cursor
    }
    const items = kept.slice(0, query.limit)
    const isOver = kept.length <= query.limit && found?.hasMore !== true
    const last = kept.length > query.limit ? items.at(-1)?.cursor : cursor
    return {
      items: await deps.view.toRows(
        database.db,
        items.map(({ row }) => row),
      ),
      nextCursor: isOver ? null : (last ?? null),
      total,
      complete: found?.complete ?? true,
    }
  }

  /** The hits that the filter lets through, in their order. */
  async function listedOf(hits: Found['hits'], filter: TicketFilter) {
    const ids = hits.map(({ id }) => id)
    const rows = await selectListed(database.db, ids, filter)
    const byId = new Map(rows.map((row) => [row.id, row]))
    return hits.flatMap(({ id, cursor }) => {
      const row = byId.get(id)
      return row === undefined ? [] : [{ row, cursor }]
    })
  }

  /** Of open tickets; merged ones are not counted. */
  async function counts(user: SessionUser): Promise<TicketCounts> {
    const { byStatus, overdue } = await database.longRead(async (db) => ({
      byStatus: await countByStatus(db),
      overdue: await countOverdue(db, clock.now()),
    }))
    const ofTeam = (wanted: Team) =>
      [...byStatus].reduce(
        (sum, [status, count]) => (TICKET_STATES[status].owner === wanted ? sum + count : sum),
        0,
      )
    return {
      byStatus: Object.fromEntries(byStatus),
      byTeam: { cskh: ofTeam('cskh'), noc: ofTeam('noc'), field: ofTeam('field') },
      mine: await countOpenOf(database.db, user.id),
      overdue,
    }
  }

  /** How many open tickets each query has; null where closed ones or words decide. */
  async function countOf(
    queries: readonly TicketQuery[],
    user: SessionUser,
  ): Promise<(number | null)[]> {
    const filters = queries.map((query) => {
      const filter = filterOf(query, user)
      const isCounted = query.q === undefined && filter.statuses.every(isOpen)
      return isCounted && filter.numberKey !== null ? filter : null
    })
    const counted = filters.filter((filter) => filter !== null)
    const numbers = await database.longRead((db) => countEach(db, counted))
    return filters.map((filter) =>
      filter === null ? null : (numbers[counted.indexOf(filter)] ?? null),
    )
  }

  return { list, counts, countOf }
}

function refuseSorting({ sort }: TicketQuery): void {
  if (sort === undefined) return
  const message = 'a search has an order of its own: leave sort out'
  throw new InvalidInput(message, [{ path: 'sort', message, code: 'sorted_search' }])
}
