import type { Kysely } from 'kysely'
import { addColumns } from './add-columns.ts'

/** Where a contract's service is: callers without a ticket are counted for their area by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'contract', [{ name: 'area', type: 'text' }])
}
