import type { Db, Row } from '../../db/schema.ts'

export type StoredThumbnail = Row<'attachment_thumbnail'>

/** A later one takes the place of the one before. */
export async function upsertThumbnail(db: Db, row: StoredThumbnail): Promise<void> {
  const { type, picture } = row
  await db
    .insertInto('attachment_thumbnail')
    .values(row)
    .onConflict((conflict) => conflict.column('attachment_id').doUpdateSet({ type, picture }))
    .execute()
}

export async function selectThumbnail(db: Db, id: string): Promise<StoredThumbnail | undefined> {
  return db
    .selectFrom('attachment_thumbnail')
    .selectAll()
    .where('attachment_id', '=', id)
    .executeTakeFirst()
}

/** Which of these attachments have one. */
export async function selectThumbnailed(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('attachment_thumbnail')
    .select('attachment_id')
    .where('attachment_id', 'in', ids)
    .execute()
  return new Set(rows.map((row) => row.attachment_id))
}

export async function deleteThumbnail(db: Db, id: string): Promise<void> {
  await db.deleteFrom('attachment_thumbnail').where('attachment_id', '=', id).execute()
}
