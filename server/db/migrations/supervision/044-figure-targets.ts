import type { Kysely } from 'kysely'

/** Targets of figures, each a value from a day on (`yyyy-mm-dd` in Vietnam); null: none from then on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('figure_target')
    .ifNotExists()
    .addColumn('figure', 'text', (c) => c.notNull())
    .addColumn('valid_from', 'text', (c) => c.notNull())
    .addColumn('value', 'integer')
    .addColumn('set_by', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('set_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('figure_target_key', ['figure', 'valid_from'])
    .execute()
}
