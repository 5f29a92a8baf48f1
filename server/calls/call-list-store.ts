import { sql, type SqlBool } from 'kysely'
import { isPast } from '../db/page.ts'
import type { Db } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'
import type { CallFilter } from './call-filter.ts'
import type { ListedCall } from './call-record.ts'
import { listed, listedCall } from './call-store.ts'

export interface CallPage {
  /** The last row of the page before. */
  after: PageCursor | null
  limit: number
}

/** What a search by words leads to: tickets, and numbers whose calls may have none. */
export interface FoundBy {
  ticketIds: readonly string[]
  phoneKeys: readonly string[]
}

type Rows = ReturnType<typeof listed>

const NEWEST_FIRST = { at: 'call.entered_at', id: 'call.id' }

/** Newest first. */
export async function listCalls(db: Db, filter: CallFilter, page: CallPage): Promise<ListedCall[]> {
  return read(narrowed(listed(db), filter), page)
}

/** The calls of these tickets, and those from these numbers that have no ticket; newest first. */
export async function listFoundCalls(
  db: Db,
  filter: CallFilter,
  { ticketIds, phoneKeys }: FoundBy,
  page: CallPage,
): Promise<ListedCall[]> {
  const all = () => narrowed(listed(db), filter)
  const withoutTicket = () =>
    all()
      .where('call.ticket_id', 'is', null)
      .where('call.caller_key', 'in', [...phoneKeys])
  const found: ListedCall[] = []
  if (ticketIds.length > 0) {
    found.push(...(await read(all().where('call.ticket_id', 'in', [...ticketIds]), page)))
  }
  if (phoneKeys.length > 0) {
    // each in the order of an index: together both databases scan a long history
    found.push(...(await read(withoutTicket().where('call.ended_at', 'is not', null), page)))
    found.push(...(await read(withoutTicket().where('call.ended_at', 'is', null), page)))
  }
  return found.toSorted(newestFirst).slice(0, page.limit)
}

function newestFirst({ row: a }: ListedCall, { row: b }: ListedCall): number {
  return b.entered_at.localeCompare(a.entered_at) || b.id.localeCompare(a.id)
}

function narrowed(all: Rows, filter: CallFilter): Rows {
  const { ticketId, status, direction, missed, enteredFrom, enteredTo, phones } = filter
  let rows = all
  if (ticketId !== undefined) rows = rows.where('call.ticket_id', '=', ticketId)
  if (status !== undefined) rows = rows.where('call.status', '=', status)
  // True of all of them, and lets the few that are open be found by an index.
  if (status !== undefined && status !== 'ended') rows = rows.where('call.ended_at', 'is', null)
  if (direction !== undefined) rows = rows.where('call.direction', '=', direction)
  if (missed !== undefined) rows = rows.where(isMissed)
  if (enteredFrom !== undefined) rows = rows.where('call.entered_at', '>=', enteredFrom)
  if (enteredTo !== undefined) rows = rows.where('call.entered_at', '<=', enteredTo)
  if (phones === undefined) return rows
  const named = phones.map((one) => `%"extension":${JSON.stringify(one)}%`)
  return rows.where((eb) => eb.or(named.map((text) => eb('call.state', 'like', text))))
}

async function read(rows: Rows, { after, limit }: CallPage): Promise<ListedCall[]> {
  const found = await rows
    .$if(after !== null, (query) => query.where(past(after)))
    .orderBy('call.entered_at', 'desc')
    .orderBy('call.id', 'desc')
    .limit(limit)
    .execute()
  return found.map(listedCall)
}

function past(after: PageCursor | null) {
  return after === null ? sql<SqlBool>`1 = 1` : isPast('desc', NEWEST_FIRST, after)
}

/** Spelt out as in the index `call_missed`, else it cannot be used. */
const isMissed = sql<SqlBool>`call.direction = 'inbound'
  and call.outcome in ('abandoned', 'timeout', 'not_answered')`
