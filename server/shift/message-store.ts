import type { Instant } from '#contract/primitives.ts'
import { isPast } from '../db/page.ts'
import type { Db, Row } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'

export type StoredMessage = Row<'shift_message'>

/** Whoever signs in is told so many at the most, the newest. */
const TOLD_AT_ONCE = 20

export async function insertMessage(db: Db, row: StoredMessage): Promise<void> {
  await db.insertInto('shift_message').values(row).execute()
}

export async function selectMessage(db: Db, id: string): Promise<StoredMessage | undefined> {
  return db.selectFrom('shift_message').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Of this sender, the newest first. */
export async function listSent(
  db: Db,
  { senderId, after, limit }: { senderId: string; after: PageCursor | null; limit: number },
): Promise<StoredMessage[]> {
  return db
    .selectFrom('shift_message')
    .selectAll()
    .where('sender_id', '=', senderId)
    .$if(after !== null, (query) =>
      query.where(isPast('desc', { at: 'sent_at', id: 'id' }, after ?? { at: '', id: '' })),
    )
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** What the shift is still told at `now`, the oldest first. */
export async function listValid(db: Db, now: Instant): Promise<StoredMessage[]> {
  const rows = await db
    .selectFrom('shift_message')
    .selectAll()
    .where('valid_until', '>', now)
    .where('staff_id', 'is', null)
    .orderBy('valid_until', 'desc')
    .limit(TOLD_AT_ONCE)
    .execute()
  return rows.toSorted((a, b) => (a.sent_at < b.sent_at ? -1 : 1))
}

export async function deleteMessagesBefore(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('shift_message').where('sent_at', '<', before).execute()
}
