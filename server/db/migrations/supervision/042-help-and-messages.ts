import { type Kysely, sql } from 'kysely'

/** Who asks for help, and what supervisors write to people; receipts are notifications. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('help_request')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('call_id', 'text')
    .addColumn('ticket_id', 'text')
    .addColumn('asked_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('taken_by', 'text', (c) => c.references('staff.id'))
    .addColumn('taken_at', 'text')
    .addColumn('ended_at', 'text')
    .addColumn('end_reason', 'text')
    .execute()
  await db.schema
    .createIndex('help_request_open')
    .ifNotExists()
    .unique()
    .on('help_request')
    .column('staff_id')
    .where(sql.ref('ended_at'), 'is', null)
    .execute()
  await db.schema
    .createTable('shift_message')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('sender_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('staff_id', 'text', (c) => c.references('staff.id'))
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'text', (c) => c.notNull())
    .addColumn('valid_until', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('shift_message_sent')
    .ifNotExists()
    .on('shift_message')
    .columns(['sender_id', 'sent_at', 'id'])
    .execute()
  await db.schema
    .createIndex('shift_message_valid')
    .ifNotExists()
    .on('shift_message')
    .column('valid_until')
    .execute()
  await sql`create index if not exists notification_of_shift on notification (once_key)
    where kind in ('help_asked', 'shift_message')`.execute(db)
}
