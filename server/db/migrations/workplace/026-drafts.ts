import type { Kysely } from 'kysely'

/** Unsaved words of people, by the form they stand in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('draft')
    .ifNotExists()
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('written_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('draft_pk', ['staff_id', 'key'])
    .execute()
  await db.schema
    .createIndex('draft_written_at')
    .ifNotExists()
    .on('draft')
    .column('written_at')
    .execute()
}
