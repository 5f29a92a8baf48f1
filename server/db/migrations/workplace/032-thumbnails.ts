import type { Kysely } from 'kysely'

/** Small pictures of attached ones, in base64: a few kilobytes each, kept and backed up with the rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attachment_thumbnail')
    .ifNotExists()
    .addColumn('attachment_id', 'text', (c) => c.primaryKey().references('attachment.id'))
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('picture', 'text', (c) => c.notNull())
    .execute()
}
