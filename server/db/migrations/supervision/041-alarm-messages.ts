import { type Kysely, sql } from 'kysely'

/** What a webhook is told of alarms, until it has answered; those are due. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alarm_message')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('due_owner', 'text')
    .addColumn('due_lease_until', 'text')
    .addColumn('due_fence', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('due_tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('due_error', 'text')
    .addColumn('due_retry_at', 'text')
    .execute()
  await db.schema
    .createIndex('alarm_message_due')
    .ifNotExists()
    .on('alarm_message')
    .column('id')
    .where(sql.ref('sent_at'), 'is', null)
    .execute()
}
