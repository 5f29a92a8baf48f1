import type { OutageStatus } from '#contract/casework/outages.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import type { OpenOutage, StoredOutage } from './outage.ts'

const MOST_LISTED = 100

/** The outages that are open, the oldest first: few. */
export async function selectOpenOutages(db: Db): Promise<OpenOutage[]> {
  const rows = await db
    .selectFrom('outage')
    .innerJoin('ticket', 'ticket.id', 'outage.ticket_id')
    .select([
      'ticket.id as ticketId',
      'ticket.code as code',
      'outage.message as message',
      'outage.expected_until as expectedUntil',
      'outage.area as area',
      'outage.service as service',
    ])
    .where('outage.status', '=', 'open')
    .orderBy('outage.opened_at')
    .orderBy('outage.id')
    .execute()
  return rows
}

/** Newest first. */
export async function listOutages(db: Db, status: OutageStatus | undefined) {
  return db
    .selectFrom('outage')
    .leftJoin('ticket', 'ticket.id', 'outage.ticket_id')
    .selectAll('outage')
    .select('ticket.code as code')
    .$if(status !== undefined, (query) => query.where('outage.status', '=', status ?? ''))
    .orderBy('outage.id', 'desc')
    .limit(MOST_LISTED)
    .execute()
}

export async function selectOutageOf(db: Db, ticketId: string) {
  return db
    .selectFrom('outage')
    .innerJoin('ticket', 'ticket.id', 'outage.ticket_id')
    .selectAll('outage')
    .select('ticket.code as code')
    .where('outage.ticket_id', '=', ticketId)
    .executeTakeFirst()
}

/** How many tickets are linked to each of these parents; who has none is left out. */
export async function countChildren(
  db: Db,
  ticketIds: readonly string[],
): Promise<Map<string, number>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('ticket')
    .select(['parent_outage_id', (eb) => eb.fn.countAll<number>().as('children')])
    .where('parent_outage_id', 'is not', null)
    .where('parent_outage_id', 'in', [...ticketIds])
    .groupBy('parent_outage_id')
    .execute()
  return new Map(rows.map((row) => [row.parent_outage_id ?? '', row.children]))
}

/** False when one with this `once_key` is there already. */
export async function insertOutage(db: Db, row: StoredOutage): Promise<boolean> {
  const stored = await db
    .insertInto('outage')
    .values(row)
    .onConflict((conflict) => conflict.column('once_key').doNothing())
    .returning('id')
    .executeTakeFirst()
  return stored !== undefined
}

/** Takes an offer up; undefined when it is none any more. */
export async function takeUpOffer(db: Db, id: string, columns: Partial<StoredOutage>) {
  return db
    .updateTable('outage')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '=', 'offered')
    .returningAll()
    .executeTakeFirst()
}

export async function selectOffer(db: Db, id: string) {
  return db
    .selectFrom('outage')
    .selectAll()
    .where('id', '=', id)
    .where('status', '=', 'offered')
    .executeTakeFirst()
}

/** Undefined when it has changed since that version. */
export async function updateOutage(
  db: Db,
  before: Pick<StoredOutage, 'id' | 'version'>,
  columns: Partial<StoredOutage>,
): Promise<StoredOutage | undefined> {
  return db
    .updateTable('outage')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
}

/**
 * Locks the outage of this parent while it is open, so that a link and the end wait for each other;
 * false when it is over.
 */
export async function lockOpen(db: Db, ticketId: string): Promise<boolean> {
  const locked = await db
    .updateTable('outage')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('ticket_id', '=', ticketId)
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst()
  return locked !== undefined
}

/** Safe to repeat: an outage ends once. */
export async function endOutage(
  db: Db,
  ticketId: string,
  ended: { at: Instant; cancelled: boolean },
): Promise<void> {
  await db
    .updateTable('outage')
    .set((eb) => ({
      status: 'ended',
      ended_at: ended.at,
      cancelled: ended.cancelled ? 1 : 0,
      version: eb('version', '+', 1),
    }))
    .where('ticket_id', '=', ticketId)
    .where('status', '=', 'open')
    .execute()
}
