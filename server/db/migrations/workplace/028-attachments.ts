import { type Kysely, sql } from 'kysely'

/**
 * Files of tickets. `path` is where one lies in the folder of attachments; `loose_file` has those that
 * no attachment has yet, or none has any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attachment')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('ticket_id', 'text', (c) => c.notNull().references('ticket.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('uploaded_by', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('uploaded_at', 'text', (c) => c.notNull())
    .addColumn('client_id', 'text')
    .execute()
  await db.schema
    .createIndex('attachment_ticket')
    .ifNotExists()
    .on('attachment')
    .columns(['ticket_id', 'uploaded_at'])
    .execute()
  await db.schema
    .createIndex('attachment_once')
    .ifNotExists()
    .unique()
    .on('attachment')
    .columns(['uploaded_by', 'client_id'])
    .where(sql.ref('client_id'), 'is not', null)
    .execute()
  await db.schema
    .createTable('loose_file')
    .ifNotExists()
    .addColumn('path', 'text', (c) => c.primaryKey())
    .addColumn('noted_at', 'text', (c) => c.notNull())
    .execute()
}
