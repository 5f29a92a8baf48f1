import type { ChecklistCode, ChecklistContent } from '#contract/casework/guidance.ts'
import type { Db, Row } from '../db/schema.ts'

export type StoredVersion = Row<'checklist_version'>
type VersionHead = Omit<StoredVersion, 'content'>

/** More would be a mistake: each is published by hand. */
const MOST_VERSIONS = 1000

const HEAD = [
  'id',
  'category',
  'number',
  'status',
  'version',
  'created_by',
  'created_at',
  'published_at',
] as const

/** Stores versions but those whose number is taken; answers how many. */
export async function insertVersions(db: Db, rows: readonly StoredVersion[]): Promise<number> {
  if (rows.length === 0) return 0
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('checklist_version')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['category', 'number']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

/** The checklists that there are, drafts too. */
export async function selectCodes(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('checklist_version').select('category').distinct().execute()
  return new Set(rows.map(({ category }) => category))
}

/** Of each checklist the version in force. */
export async function selectPublished(db: Db): Promise<StoredVersion[]> {
  return db
    .selectFrom('checklist_version as one')
    .selectAll('one')
    .where('one.number', '=', (eb) =>
      eb
        .selectFrom('checklist_version as other')
        .select((inner) => inner.fn.max('other.number').as('newest'))
        .whereRef('other.category', '=', 'one.category')
        .where('other.status', '=', 'published'),
    )
    .execute()
}

/** Newest first. */
export async function selectVersionsOf(db: Db, category: ChecklistCode): Promise<VersionHead[]> {
  return db
    .selectFrom('checklist_version')
    .select(HEAD)
    .where('category', '=', category)
    .orderBy('number', 'desc')
    .limit(MOST_VERSIONS)
    .execute()
}

export async function selectVersion(
  db: Db,
  category: ChecklistCode,
  number: number,
): Promise<StoredVersion | undefined> {
  return db
    .selectFrom('checklist_version')
    .selectAll()
    .where('category', '=', category)
    .where('number', '=', number)
    .executeTakeFirst()
}

export async function selectVersionById(db: Db, id: string): Promise<StoredVersion | undefined> {
  return db.selectFrom('checklist_version').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The last version of a checklist, a draft or not. */
export async function selectNewest(
  db: Db,
  category: ChecklistCode,
): Promise<StoredVersion | undefined> {
  return db
    .selectFrom('checklist_version')
    .selectAll()
    .where('category', '=', category)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Writes the draft when its version is still `version`; whether it was. */
export async function updateDraft(
  db: Db,
  draft: { id: string; version: number },
  change: { content?: ChecklistContent; publishedAt?: string },
): Promise<boolean> {
  const { content, publishedAt } = change
  const written = await db
    .updateTable('checklist_version')
    .set({
      version: draft.version + 1,
      ...(content === undefined ? {} : { content: JSON.stringify(content) }),
      ...(publishedAt === undefined ? {} : { status: 'published', published_at: publishedAt }),
    })
    .where('id', '=', draft.id)
    .where('version', '=', draft.version)
    .where('status', '=', 'draft')
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}
