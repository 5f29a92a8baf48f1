import type { Kysely } from 'kysely'
import { addColumns } from './add-columns.ts'

/** Promises that one act made for many: their customers may be rung before an agent is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'callback', [{ name: 'by_act', type: 'integer', default: 0 }])
}
