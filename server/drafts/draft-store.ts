import type { Db, Row } from '../db/schema.ts'

export type StoredDraft = Row<'draft'>

/** Stores the words unless newer ones stand there. */
export async function upsertDraft(db: Db, row: StoredDraft): Promise<void> {
  const { words, written_at } = row
  await db
    .insertInto('draft')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['staff_id', 'key'])
        .doUpdateSet({ words, written_at })
        .where('draft.written_at', '<=', written_at),
    )
    .execute()
}

export async function selectDraft(
  db: Db,
  staffId: string,
  key: string,
): Promise<StoredDraft | undefined> {
  return db
    .selectFrom('draft')
    .selectAll()
    .where('staff_id', '=', staffId)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** Newest first. */
export async function listDrafts(db: Db, staffId: string, limit: number): Promise<StoredDraft[]> {
  return db
    .selectFrom('draft')
    .selectAll()
    .where('staff_id', '=', staffId)
    .orderBy('written_at', 'desc')
    .orderBy('key')
    .limit(limit)
    .execute()
}

export async function countDrafts(db: Db, staffId: string): Promise<number> {
  const { count } = await db
    .selectFrom('draft')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow()
  return count
}

/** Removes what was written until then; newer words stay. */
export async function deleteDraft(
  db: Db,
  { staffId, key, until }: { staffId: string; key: string; until: string },
): Promise<void> {
  await db
    .deleteFrom('draft')
    .where('staff_id', '=', staffId)
    .where('key', '=', key)
    .where('written_at', '<=', until)
    .execute()
}

/** Removes of everybody what was written before then. */
export async function deleteDraftsBefore(db: Db, before: string): Promise<void> {
  await db.deleteFrom('draft').where('written_at', '<', before).execute()
}
