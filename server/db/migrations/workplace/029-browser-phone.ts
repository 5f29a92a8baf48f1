import type { Kysely } from 'kysely'

/** Who may answer in the page, the sealed secret of that phone, and at which phone they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('browser_phone')
    .ifNotExists()
    .addColumn('staff_id', 'text', (c) => c.primaryKey().references('staff.id'))
    .addColumn('extension', 'text', (c) => c.notNull())
    .addColumn('sealed_secret', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .execute()
}
