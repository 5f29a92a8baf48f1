import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import { MOST_ATTACHMENTS, type StoredAttachment } from './attachment.ts'

/** Of these tickets, the oldest first. */
export async function selectAttachments(
  db: Db,
  ticketIds: readonly string[],
): Promise<StoredAttachment[]> {
  return db
    .selectFrom('attachment')
    .selectAll()
    .where('ticket_id', 'in', ticketIds)
    .orderBy('uploaded_at')
    .orderBy('id')
    .limit(MOST_ATTACHMENTS * 2)
    .execute()
}

export async function countAttachments(db: Db, ticketId: string): Promise<number> {
  const { count } = await db
    .selectFrom('attachment')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('ticket_id', '=', ticketId)
    .executeTakeFirstOrThrow()
  return count
}

export async function selectAttachment(db: Db, id: string): Promise<StoredAttachment | undefined> {
  return db.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst()
}

/** What this person has sent under an id of their own. */
export async function selectSent(
  db: Db,
  { uploadedBy, clientId }: { uploadedBy: string; clientId: string },
): Promise<StoredAttachment | undefined> {
  return db
    .selectFrom('attachment')
    .selectAll()
    .where('uploaded_by', '=', uploadedBy)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
}

/** False when its author has sent it before. */
export async function insertAttachment(db: Db, row: StoredAttachment): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('attachment')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** True for whoever removes it; who comes later finds nothing. */
export async function deleteAttachment(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('attachment')
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** A file that no attachment has yet, or none has any more, is on record while it is there. */
export async function noteLoose(db: Db, path: string, notedAt: Instant): Promise<void> {
  await db
    .insertInto('loose_file')
    .values({ path, noted_at: notedAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** False when it was not on record. */
export async function forgetLoose(db: Db, path: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('loose_file')
    .where('path', '=', path)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function selectLoose(db: Db, notedBefore: Instant, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('loose_file')
    .select('path')
    .where('noted_at', '<', notedBefore)
    .orderBy('noted_at')
    .limit(limit)
    .execute()
  return rows.map(({ path }) => path)
}

/** Whether this person has had a ticket: took it, or a step of it. */
export async function hasWorkedOn(db: Db, ticketId: string, staffId: string): Promise<boolean> {
  const line = await db
    .selectFrom('ticket_timeline')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .where('actor_id', '=', staffId)
    .where('kind', 'in', ['taken', 'moved'])
    .limit(1)
    .executeTakeFirst()
  return line !== undefined
}
