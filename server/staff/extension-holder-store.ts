import type { Db } from '../db/schema.ts'
import type { Holding } from './extension-holding.ts'

/** Extensions change hands a few times in a year. */
const LIMIT = 50_000

export async function listHoldings(db: Db): Promise<Holding[]> {
  const rows = await db
    .selectFrom('extension_holder')
    .selectAll()
    .orderBy('since')
    .limit(LIMIT)
    .execute()
  return rows.map(({ staff_id, ...rest }) => ({ ...rest, staffId: staff_id }))
}

/** From now on the extension is this person's; safe to repeat. */
export async function beginHolding(
  db: Db,
  extension: string,
  staffId: string,
  now: string,
): Promise<void> {
  await db
    .insertInto('extension_holder')
    .values({ extension, staff_id: staffId, since: now, until: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * The extension is nobody's any more. Who had it without a record had it from the beginning, which is
 * put on record now.
 */
export async function endHolding(
  db: Db,
  extension: string,
  staffId: string,
  now: string,
): Promise<void> {
  const ended = await db
    .updateTable('extension_holder')
    .set({ until: now })
    .where('extension', '=', extension)
    .where('staff_id', '=', staffId)
    .where('until', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows > 0n) return
  await db
    .insertInto('extension_holder')
    .values({ extension, staff_id: staffId, since: '', until: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
