import type { Kysely } from 'kysely'
import { addColumns } from './add-columns.ts'

/** Who said how an attempt really went; null: the PBX. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'callback_attempt', [{ name: 'outcome_by', type: 'text' }])
}
