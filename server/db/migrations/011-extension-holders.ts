import { type Kysely, sql } from 'kysely'

/** Whose an extension was and when; who works here no more gives theirs back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('extension_holder')
    .ifNotExists()
    .addColumn('extension', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('until', 'text')
    .addPrimaryKeyConstraint('extension_holder_pk', ['extension', 'since', 'staff_id'])
    .execute()
  // nobody knows since when they have it: all calls of before are theirs
  await sql`
    insert into extension_holder (extension, staff_id, since, until)
    select extension, id, '', case when active = 1 then null else updated_at end
    from staff where extension is not null
    on conflict do nothing
  `.execute(db)
  await sql`update staff set extension = null where active = 0`.execute(db)
}
