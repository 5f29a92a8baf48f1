import type { SetAsideEntry } from '#contract/jobs.ts'
import type { Instant, PageQuery } from '#contract/primitives.ts'
import type { Db, SetAsideTable } from '../db/schema.ts'

export async function insertSetAside(db: Db, row: SetAsideTable): Promise<void> {
  await db.insertInto('set_aside').values(row).execute()
}

/** Removes what is older, and answers how many. */
export async function deleteSetAside(db: Db, before: Instant): Promise<number> {
  const result = await db.deleteFrom('set_aside').where('at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Newest first, one more than `limit` when there is more; ids sort by time and are the cursor. */
export function listSetAside(db: Db, { limit, cursor }: PageQuery): Promise<SetAsideEntry[]> {
  return db
    .selectFrom('set_aside')
    .selectAll()
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}
