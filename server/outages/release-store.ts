import { sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'

/** Spelt out as in the index `callback_one_open`. */
const STILL_PROMISED = [sql.lit('scheduled'), sql.lit('dialing')]

/** Parents that have ended and whose children are not all released, the oldest end first. */
export async function selectUnreleased(db: Db) {
  return db
    .selectFrom('outage')
    .innerJoin('ticket', 'ticket.id', 'outage.ticket_id')
    .select([
      'outage.id as id',
      'ticket.id as ticketId',
      'outage.cancelled as cancelled',
      'outage.ended_at as endedAt',
      'ticket.restored_at as restoredAt',
    ])
    .where('outage.status', '=', 'ended')
    .where('outage.released_at', 'is', null)
    .orderBy('outage.ended_at')
    .execute()
}

/** The next children of a parent by their ids, with what decides whether they are called back. */
export async function selectChildren(
  db: Db,
  parentId: string,
  from: { afterId: string; limit: number },
) {
  return db
    .selectFrom('ticket')
    .leftJoin('callback', (join) =>
      join
        .onRef('callback.ticket_id', '=', 'ticket.id')
        .on('callback.status', 'in', STILL_PROMISED),
    )
    .select([
      'ticket.id as id',
      'ticket.status as status',
      'ticket.merged_into as mergedInto',
      'ticket.channel as channel',
      'ticket.reply_channel as replyChannel',
      'callback.id as promiseId',
    ])
    .where('ticket.parent_outage_id', '=', parentId)
    .where('ticket.id', '>', from.afterId)
    .orderBy('ticket.id')
    .limit(from.limit)
    .execute()
}

/** Locks the outage whose children are released; undefined when there is none. */
export async function lockPace(db: Db, outageId: string) {
  return db
    .updateTable('outage')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', outageId)
    .returning(['callbacks_per_minute as perMinute', 'next_callback_at as nextAt'])
    .executeTakeFirst()
}

export async function setNextCallback(db: Db, outageId: string, at: Instant): Promise<void> {
  await db.updateTable('outage').set({ next_callback_at: at }).where('id', '=', outageId).execute()
}

export async function setReleased(db: Db, outageId: string, at: Instant): Promise<void> {
  await db.updateTable('outage').set({ released_at: at }).where('id', '=', outageId).execute()
}
