import { sql } from 'kysely'
import { isPast } from '../db/page.ts'
import type { Db } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'
import type { RefColumns } from '../tickets/ticket-record.ts'

/** A ticket or a call of the customer, by what the list is in order of. */
export interface HistoryKey {
  type: 'ticket' | 'call'
  at: string
  id: string
}

/**
 * Tickets of the customer, calls of these tickets, and calls from the customer's numbers that have no
 * ticket; newest first. One read per index, each cut at the limit.
 */
export async function selectHistory(
  db: Db,
  customerId: string,
  page: { after: PageCursor | null; limit: number },
): Promise<HistoryKey[]> {
  const numbers = await db
    .selectFrom('customer_phone')
    .select('phone_key')
    .where('customer_id', '=', customerId)
    .execute()
  const parts = [
    ticketsOf(db, customerId, page),
    callsOfTickets(db, customerId, page),
    ...numbers.map((number) => callsWithoutTicket(db, number.phone_key, page)),
  ]
  const found = (await Promise.all(parts)).flat()
  return found.toSorted(newestFirst).slice(0, page.limit)
}

type Page = { after: PageCursor | null; limit: number }

function newestFirst(a: HistoryKey, b: HistoryKey): number {
  const [left, right] = [`${a.at}${a.id}`, `${b.at}${b.id}`]
  if (left === right) return 0
  return left < right ? 1 : -1
}

function ticketsOf(db: Db, customerId: string, { after, limit }: Page): Promise<HistoryKey[]> {
  return db
    .selectFrom('ticket')
    .select([sql.lit('ticket').$castTo<'ticket'>().as('type'), 'received_at as at', 'id'])
    .where('customer_id', '=', customerId)
    .$if(after !== null, (query) => query.where(past('received_at', 'id', after)))
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

function callsOfTickets(db: Db, customerId: string, { after, limit }: Page) {
  return db
    .selectFrom('ticket')
    .innerJoin('call', 'call.ticket_id', 'ticket.id')
    .select([
      sql.lit('call').$castTo<'call'>().as('type'),
      'call.entered_at as at',
      'call.id as id',
    ])
    .where('ticket.customer_id', '=', customerId)
    .$if(after !== null, (query) => query.where(past('call.entered_at', 'call.id', after)))
    .orderBy('call.entered_at', 'desc')
    .orderBy('call.id', 'desc')
    .limit(limit)
    .execute()
}

function callsWithoutTicket(db: Db, key: string, { after, limit }: Page) {
  return db
    .selectFrom('call')
    .select([sql.lit('call').$castTo<'call'>().as('type'), 'entered_at as at', 'id'])
    .where('caller_key', '=', key)
    .where('ticket_id', 'is', null)
    .where('ended_at', 'is not', null)
    .$if(after !== null, (query) => query.where(past('entered_at', 'id', after)))
    .orderBy('entered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

function past(at: string, id: string, after: PageCursor | null) {
  return after === null ? sql<boolean>`1 = 1` : isPast('desc', { at, id }, after)
}

/** What the list shows of its tickets. */
export async function selectTicketRefs(db: Db, ids: readonly string[]): Promise<RefColumns[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('ticket')
    .select(['id', 'code', 'status', 'subject', 'received_at', 'due_at'])
    .where('id', 'in', [...ids])
    .execute()
}
