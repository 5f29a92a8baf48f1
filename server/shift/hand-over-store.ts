import type { Instant } from '#contract/primitives.ts'
import { isPast } from '../db/page.ts'
import type { Db, Row } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'

export type StoredNote = Row<'hand_over_note'>

/** Each version is kept; of a note that is written more often the newest are shown. */
const MOST_VERSIONS = 200

export async function insertHandOver(
  db: Db,
  row: Row<'hand_over'>,
  note: StoredNote,
): Promise<void> {
  await db.insertInto('hand_over').values(row).execute()
  await db.insertInto('hand_over_note').values(note).execute()
}

/** Stores the note as the version after the one before it; false when somebody was faster. */
export async function addNote(db: Db, note: StoredNote): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('hand_over')
    .set({ version: note.version })
    .where('id', '=', note.hand_over_id)
    .where('version', '=', note.version - 1)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  await db.insertInto('hand_over_note').values(note).execute()
  return true
}

export async function selectHandOver(db: Db, id: string) {
  return db.selectFrom('hand_over').selectAll().where('id', '=', id).executeTakeFirst()
}

/** All versions of its note, the newest first. */
export async function listNotes(db: Db, handOverId: string): Promise<StoredNote[]> {
  return db
    .selectFrom('hand_over_note')
    .selectAll()
    .where('hand_over_id', '=', handOverId)
    .orderBy('version', 'desc')
    .limit(MOST_VERSIONS)
    .execute()
}

/** The newest first, each with its newest note. */
export async function listHandOvers(
  db: Db,
  { after, limit }: { after: PageCursor | null; limit: number },
) {
  return db
    .selectFrom('hand_over')
    .innerJoin('hand_over_note', (join) =>
      join
        .onRef('hand_over_note.hand_over_id', '=', 'hand_over.id')
        .onRef('hand_over_note.version', '=', 'hand_over.version'),
    )
    .select(['hand_over.id', 'hand_over.at', 'hand_over.by_id', 'hand_over.version'])
    .select(['hand_over_note.note', 'hand_over_note.by_id as note_by'])
    .select('hand_over_note.at as note_at')
    .$if(after !== null, (query) =>
      query.where(
        isPast('desc', { at: 'hand_over.at', id: 'hand_over.id' }, after ?? { at: '', id: '' }),
      ),
    )
    .orderBy('hand_over.at', 'desc')
    .orderBy('hand_over.id', 'desc')
    .limit(limit)
    .execute()
}

/** Forgets hand-overs of before, with all versions of their notes. */
export async function deleteHandOversBefore(db: Db, before: Instant): Promise<void> {
  await db
    .deleteFrom('hand_over_note')
    .where('hand_over_id', 'in', (eb) =>
      eb.selectFrom('hand_over').select('id').where('at', '<', before),
    )
    .execute()
  await db.deleteFrom('hand_over').where('at', '<', before).execute()
}
