import type { Kysely } from 'kysely'

/** The working-day calendar and the settings a supervisor may change. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('calendar_day')
    .ifNotExists()
    .addColumn('date', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('confidence', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('setting')
    .ifNotExists()
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}
