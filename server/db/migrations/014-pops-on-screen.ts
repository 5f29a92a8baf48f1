import { type Kysely, sql } from 'kysely'
import { addColumns } from './add-columns.ts'

/**
 * Which pops are on a screen is a column of its own (1, else null): the index of them stays as it is
 * while a pop goes from ringing to answered, one page less for each opened ticket.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'screen_pop', [{ name: 'on_screen', type: 'integer' }])
  await sql`update screen_pop set on_screen = 1 where stage in ('ringing', 'answered')`.execute(db)
  await db.schema.dropIndex('screen_pop_live').ifExists().execute()
  await db.schema
    .createIndex('screen_pop_live')
    .ifNotExists()
    .on('screen_pop')
    .column('staff_id')
    .where(sql.ref('on_screen'), '=', sql.lit(1))
    .execute()
}
