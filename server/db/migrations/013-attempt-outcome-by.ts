import type { Kysely } from 'kysely'
import { addColumns } from './add-columns.ts'

/** Who said how an attempt really went (null: the PBX), and which call an attempt became. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'callback_attempt', [{ name: 'outcome_by', type: 'text' }])
  await db.schema
    .createIndex('callback_attempt_call')
    .ifNotExists()
    .on('callback_attempt')
    .column('call_id')
    .execute()
}
