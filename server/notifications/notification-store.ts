import { sql } from 'kysely'
import type { NotificationKind } from '#contract/casework/notifications.ts'
import type { Instant } from '#contract/primitives.ts'
import { isPast } from '../db/page.ts'
import type { Db, Row } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'
import type { StoredNotification } from './notification.ts'

/** Counting stops here: more unread ones are "very many". */
const MOST_COUNTED = 1000
/** Old ones forgotten per statement. */
const FORGOTTEN_AT_ONCE = 5000

/** Stores them but those whose person was told under that key; answers the ids that are new. */
export async function insertNotifications(
  db: Db,
  rows: readonly Row<'notification'>[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const stored = await db
    .insertInto('notification')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['staff_id', 'once_key']).doNothing())
    .returning('id')
    .execute()
  return new Set(stored.map(({ id }) => id))
}

export interface NotificationFilter {
  staffId: string
  unread: boolean
  /** Null: of every kind. */
  kind: NotificationKind | null
  after: PageCursor | null
  limit: number
}

/** Newest first. */
export function listNotifications(
  db: Db,
  { staffId, unread, kind, after, limit }: NotificationFilter,
): Promise<StoredNotification[]> {
  const newest = { at: 'notification.at', id: 'notification.id' }
  return withTicket(db)
    .where('notification.staff_id', '=', staffId)
    .$if(unread, (query) => query.where('notification.read_at', 'is', null))
    .$if(kind !== null, (query) => query.where('notification.kind', '=', kind ?? ''))
    .$if(after !== null, (query) =>
      query.where(isPast('desc', newest, after ?? { at: '', id: '' })),
    )
    .orderBy('notification.at', 'desc')
    .orderBy('notification.id', 'desc')
    .limit(limit)
    .execute()
}

function withTicket(db: Db) {
  return db
    .selectFrom('notification')
    .leftJoin('ticket', 'ticket.id', 'notification.ticket_id')
    .select([
      'notification.id as id',
      'notification.at as at',
      'notification.kind as kind',
      'notification.ticket_id as ticket_id',
      'notification.fields as fields',
      'notification.read_at as read_at',
      'ticket.code as code',
      'ticket.subject as subject',
    ])
}

/** How many this person has not read, at most 1000. */
export async function countUnread(db: Db, staffId: string): Promise<number> {
  const { count } = await db
    .selectFrom(
      db
        .selectFrom('notification')
        .select('id')
        .where('staff_id', '=', staffId)
        .where('read_at', 'is', null)
        .limit(MOST_COUNTED)
        .as('unread'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** False when this person has no such notification; a second reading changes nothing. */
export async function markRead(
  db: Db,
  { id, staffId, at }: { id: string; staffId: string; at: Instant },
): Promise<boolean> {
  const rows = await db
    .updateTable('notification')
    .set((eb) => ({ read_at: eb.fn.coalesce('read_at', eb.val(at)) }))
    .where('id', '=', id)
    .where('staff_id', '=', staffId)
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function markAllRead(db: Db, staffId: string, at: Instant): Promise<void> {
  await db
    .updateTable('notification')
    .set({ read_at: at })
    .where('staff_id', '=', staffId)
    .where('read_at', 'is', null)
    .execute()
}

/** As in the index `notification_of_shift`, else it cannot be used. */
const OF_SHIFT = sql<boolean>`kind in ('help_asked', 'shift_message')`
/** Nobody has so many people on one shift. */
const MOST_TOLD = 1000

/** Who was told of help or a message under this key, and when each read it. */
export async function listTold(db: Db, onceKey: string) {
  const rows = await db
    .selectFrom('notification')
    .select(['staff_id', 'read_at'])
    .where('once_key', '=', onceKey)
    .where(OF_SHIFT)
    .limit(MOST_TOLD)
    .execute()
  return rows.map((row) => ({ staffId: row.staff_id, readAt: row.read_at }))
}

/** How many were told under each of these keys, and how many have read it; a key of nobody is missing. */
export async function countTold(db: Db, onceKeys: readonly string[]) {
  if (onceKeys.length === 0) return new Map<string, { told: number; read: number }>()
  const rows = await db
    .selectFrom('notification')
    .select((eb) => [
      'once_key',
      eb.fn.countAll<number>().as('told'),
      eb.fn.count<number>('read_at').as('read'),
    ])
    .where('once_key', 'in', [...onceKeys])
    .where(OF_SHIFT)
    .groupBy('once_key')
    .execute()
  return new Map(rows.map(({ once_key, told, read }) => [once_key, { told, read }]))
}

/** Nobody needs to read what was told of help or a message under this key any more. */
export async function markSettled(
  db: Db,
  { onceKey, at }: { onceKey: string; at: Instant },
): Promise<void> {
  await db
    .updateTable('notification')
    .set({ read_at: at })
    .where('once_key', '=', onceKey)
    .where(OF_SHIFT)
    .where('read_at', 'is', null)
    .execute()
}

/** The ticket that a notification speaks of, for the news of it. */
export async function selectNoticedTicket(db: Db, ticketId: string) {
  return db
    .selectFrom('ticket')
    .select(['code', 'subject'])
    .where('id', '=', ticketId)
    .executeTakeFirst()
}

/** Removes some that were read before then; answers how many. */
export async function deleteReadBefore(db: Db, before: Instant): Promise<number> {
  const result = await db
    .deleteFrom('notification')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('notification')
        .select('id')
        .where('read_at', 'is not', null)
        .where('read_at', '<', before)
        .limit(FORGOTTEN_AT_ONCE),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
