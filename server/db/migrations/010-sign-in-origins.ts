import type { Kysely } from 'kysely'

/** From where a person has signed in before: a browser or a network that a guesser is not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sign_in_origin')
    .ifNotExists()
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('last_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('sign_in_origin_pk', ['staff_id', 'origin'])
    .execute()
  await db.schema
    .createIndex('sign_in_origin_origin')
    .ifNotExists()
    .on('sign_in_origin')
    .column('origin')
    .execute()
}
