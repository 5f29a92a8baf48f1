import type { Kysely } from 'kysely'

/** Screens on the wall, the hashes of what opens them, and who made them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('wall_device')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('code_hash', 'text', (c) => c.unique())
    .addColumn('code_until', 'text', (c) => c.notNull())
    .addColumn('cookie_hash', 'text', (c) => c.unique())
    .addColumn('made_by', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'text')
    .addColumn('last_seen_at', 'text')
    .addColumn('withdrawn_at', 'text')
    .execute()
}
