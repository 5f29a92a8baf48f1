import { type Company, type CompanyView, companyView } from '#contract/casework/receipts.ts'
import type { Db } from '../db/schema.ts'

const KEY = 'company'

/** What was stored; null when nobody has said anything yet. */
export async function readCompany(db: Db): Promise<CompanyView | null> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst()
  return row === undefined ? null : companyView.parse(JSON.parse(row.value))
}

/** Stores the company as the version after `before`; whether `before` was still there. */
export async function writeCompany(
  db: Db,
  before: CompanyView | null,
  company: Company,
): Promise<boolean> {
  const value = JSON.stringify({ ...company, version: (before?.version ?? 0) + 1 })
  if (before === null) {
    const added = await db
      .insertInto('setting')
      .values({ key: KEY, value })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  }
  const written = await db
    .updateTable('setting')
    .set({ value })
    .where('key', '=', KEY)
    .where('value', '=', JSON.stringify(before))
    .executeTakeFirst()
  return written.numUpdatedRows === 1n
}
