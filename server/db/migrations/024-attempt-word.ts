import { type Kysely, sql } from 'kysely'
import { addColumns } from './add-columns.ts'

/** How long an attempt talked to the customer, and who called and has not said yet how it went. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'callback_attempt', [
    { name: 'talk_seconds', type: 'integer' },
    { name: 'awaits_word_of', type: 'text' },
  ])
  await db.schema
    .createIndex('callback_attempt_word')
    .ifNotExists()
    .on('callback_attempt')
    .column('awaits_word_of')
    .where(sql.ref('awaits_word_of'), 'is not', null)
    .execute()
}
