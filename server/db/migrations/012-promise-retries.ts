import { type Kysely, sql } from 'kysely'
import { addColumns } from './add-columns.ts'

/** How often a promise was tried again by itself, and whom a number was promised a call. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'callback', [{ name: 'retries', type: 'integer', default: 0 }])
  await db.schema
    .createIndex('callback_open_number')
    .ifNotExists()
    .on('callback')
    .column('number_dial')
    .where(sql.ref('status'), 'in', [sql.lit('scheduled'), sql.lit('dialing')])
    .execute()
}
