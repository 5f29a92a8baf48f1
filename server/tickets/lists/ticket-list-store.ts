import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import { type TicketSort, type TicketStatus, ticketStatus } from '#contract/tickets.ts'
import type { Instant } from '#contract/primitives.ts'
import { isPast } from '../../db/page.ts'
import type { Db, Tables } from '../../db/schema.ts'
import { isOpen } from '../ticket.ts'
import { isFewOfAll, isOfNone, type TicketFilter, type TicketPage, USUAL } from './ticket-filter.ts'
import type { StoredTicket } from '../ticket-record.ts'

/** A ticket, and what it is sorted by. */
export type ListedTicket = StoredTicket & { sort_at: Instant }

type TicketEb = ExpressionBuilder<Tables, 'ticket'>

/** What has no deadline comes after everything that has one. */
const NEVER = '9999-12-31T23:59:59.999Z'
/** Spelt out as in the index `callback_one_open`, else it cannot be used. */
const STILL_PROMISED = [sql.lit('scheduled'), sql.lit('dialing')]

/** A page of the tickets that are listed: merged ones never are. */
export async function listTickets(
  db: Db,
  filter: TicketFilter,
  page: TicketPage,
): Promise<ListedTicket[]> {
  if (isOfNone(filter)) return []
  if (page.sort !== 'received') return sortedList(db, filter, page)
  return isFewOfAll(filter) ? oneRead(db, filter, page) : statusByStatus(db, filter, page)
}

/** Those of these tickets that the filter lets through. */
export async function selectListed(
  db: Db,
  ids: readonly string[],
  filter: TicketFilter,
): Promise<StoredTicket[]> {
  if (ids.length === 0 || isOfNone(filter)) return []
  return listed(db, filter)
    .where('ticket.id', 'in', [...ids])
    .where('ticket.status', 'in', [...filter.statuses])
    .execute()
}

/**
 * One read per status, each by the index of status and receipt and cut at the limit: neither all open
 * tickets are sorted for one page nor is a second index needed for all.
 */
async function statusByStatus(
  db: Db,
  filter: TicketFilter,
  page: TicketPage,
): Promise<ListedTicket[]> {
  const [first, ...others] = filter.statuses.map((status) =>
    db
      .selectFrom(received(db, filter, page).where('ticket.status', '=', status).as('part'))
      .selectAll('part'),
  )
  if (!first) return []
  return others
    .reduce((all, one) => all.unionAll(one), first)
    .orderBy('received_at', page.order)
    .orderBy('id', page.order)
    .limit(page.limit)
    .execute()
}

/** By the index of what few tickets have. */
function oneRead(db: Db, filter: TicketFilter, page: TicketPage): Promise<ListedTicket[]> {
  const others = ticketStatus.options.filter((status) => !filter.statuses.includes(status))
  const read = received(db, filter, page)
  // Said the other way round, so that SQLite finds them by that and not by status.
  return (others.length === 0 ? read : read.where('ticket.status', 'not in', others)).execute()
}

function received(db: Db, filter: TicketFilter, { order, after, limit }: TicketPage) {
  const read = listed(db, filter).select('ticket.received_at as sort_at')
  const rest =
    after === null
      ? read
      : read.where(isPast(order, { at: 'ticket.received_at', id: 'ticket.id' }, after))
  return rest.orderBy('ticket.received_at', order).orderBy('ticket.id', order).limit(limit)
}

/** Of closed tickets by the index of closing; open ones, of which there are few, are read and sorted. */
async function sortedList(db: Db, filter: TicketFilter, page: TicketPage): Promise<ListedTicket[]> {
  const { sort, order, after, limit } = page
  const closed = sort === 'closed'
  const statuses = filter.statuses.filter((status) => isOpen(status) !== closed)
  const chosen = closed ? byClosing(db, filter, statuses) : ofStatuses(db, filter, statuses, sort)
  if (chosen === null) return []
  const rows = db.selectFrom(chosen.as('part')).selectAll('part')
  const rest =
    after === null ? rows : rows.where(isPast(order, { at: 'part.sort_at', id: 'part.id' }, after))
  return rest.orderBy('part.sort_at', order).orderBy('part.id', order).limit(limit).execute()
}

function byClosing(db: Db, filter: TicketFilter, statuses: readonly TicketStatus[]) {
  if (statuses.length === 0) return null
  const others = ticketStatus.options.filter((status) => !statuses.includes(status))
  return listed(db, filter)
    .select(sortedBy('closed').as('sort_at'))
    .where('ticket.closed_at', 'is not', null)
    .where('ticket.status', 'not in', others)
}

/** One read per status: asked for many at once, SQLite would rather read the whole table. */
function ofStatuses(
  db: Db,
  filter: TicketFilter,
  statuses: readonly TicketStatus[],
  sort: TicketSort,
) {
  const [first, ...others] = statuses.map((status) =>
    listed(db, filter).select(sortedBy(sort).as('sort_at')).where('ticket.status', '=', status),
  )
  return first === undefined ? null : others.reduce((all, one) => all.unionAll(one), first)
}

function sortedBy(sort: TicketSort) {
  switch (sort) {
    case 'received':
      return sql<Instant>`ticket.received_at`
    case 'due':
      return sql<Instant>`coalesce(ticket.due_at, ${sql.lit(NEVER)})`
    case 'updated':
      return sql<Instant>`ticket.updated_at`
    case 'closed':
      return sql<Instant>`ticket.closed_at`
    case 'clock':
      return sql<Instant>`coalesce((select min(clock.due_at) from ticket_clock as clock
        where clock.ticket_id = ticket.id and clock.stopped_at is null), ${sql.lit(NEVER)})`
  }
}

function listed(db: Db, filter: TicketFilter) {
  return db
    .selectFrom('ticket')
    .selectAll('ticket')
    .where('ticket.merged_into', 'is', null)
    .where((eb) => eb.and(conditions(eb, filter)))
}

/** What a ticket has to be, besides its status and not merged. */
export function conditions(eb: TicketEb, filter: TicketFilter): Expression<SqlBool>[] {
  const { team, teamId, category, service, area, customerId, numberKey } = filter
  const { outageId, pastOutageId } = filter
  const { assigneeId, dueBefore, receivedFrom, receivedTo } = filter
  return [
    ...(team === undefined ? [] : [eb('ticket.team', '=', team)]),
    ...(teamId === undefined ? [] : [eb('ticket.team_id', '=', teamId)]),
    ...(category === undefined ? [] : [eb('ticket.category', '=', category)]),
    ...(service === undefined ? [] : [eb('ticket.service', '=', service)]),
    ...(area === undefined ? [] : [eb('ticket.area', '=', area)]),
    ...(customerId === undefined ? [] : [eb('ticket.customer_id', '=', customerId)]),
    ...(outageId === undefined ? [] : [partOf(eb, outageId)]),
    ...(pastOutageId === undefined ? [] : [eb('ticket.past_outage_id', '=', pastOutageId)]),
    ...(numberKey === undefined || numberKey === null
      ? []
      : [eb('ticket.number_key', '=', numberKey)]),
    ...(assigneeId === undefined ? [] : [assignedTo(eb, assigneeId)]),
    ...(dueBefore === undefined ? [] : [eb('ticket.due_at', '<', dueBefore)]),
    ...(receivedFrom === undefined ? [] : [eb('ticket.received_at', '>=', receivedFrom)]),
    ...(receivedTo === undefined ? [] : [eb('ticket.received_at', '<=', receivedTo)]),
    ...usualOrNot(eb, 'channel', filter.channel),
    ...usualOrNot(eb, 'kind', filter.kind),
    ...promised(eb, filter),
  ]
}

/** That it is not the usual one is said besides: the condition of the index of the others. */
function usualOrNot(
  eb: TicketEb,
  column: 'channel' | 'kind',
  wanted: string | undefined,
): Expression<SqlBool>[] {
  if (wanted === undefined) return []
  const usual = USUAL[column]
  const isIt = eb(`ticket.${column}`, '=', wanted)
  return wanted === usual ? [isIt] : [isIt, eb(`ticket.${column}`, '<>', sql.lit(usual))]
}

function promised(eb: TicketEb, { promise, now }: TicketFilter): Expression<SqlBool>[] {
  if (promise === undefined) return []
  const open = eb
    .selectFrom('callback')
    .select('callback.id')
    .whereRef('callback.ticket_id', '=', 'ticket.id')
    .where('callback.status', 'in', STILL_PROMISED)
  if (promise === 'none') return [eb.not(eb.exists(open))]
  return [eb.exists(promise === 'late' ? open.where('callback.due_at', '<', now) : open)]
}

function partOf(eb: TicketEb, outageId: string | null) {
  return outageId === null
    ? eb('ticket.parent_outage_id', 'is', null)
    : eb('ticket.parent_outage_id', '=', outageId)
}

function assignedTo(eb: TicketEb, staffId: string | null) {
  return staffId === null
    ? eb('ticket.assignee_id', 'is', null)
    : eb('ticket.assignee_id', '=', staffId)
}
