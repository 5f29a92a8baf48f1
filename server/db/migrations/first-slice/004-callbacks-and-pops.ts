import { type Kysely, sql } from 'kysely'

/** The promise ledger with its attempts, and screen pops with their receipts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createCallbacks(db)
  await createPops(db)
}

async function createCallbacks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('callback')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('ticket_id', 'text', (c) => c.notNull().references('ticket.id'))
    .addColumn('number_raw', 'text', (c) => c.notNull())
    .addColumn('number_dial', 'text', (c) => c.notNull())
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('assignee_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('waiting_for', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('lease_until', 'text')
    .addColumn('cancel_reason', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('callback_one_open')
    .ifNotExists()
    .unique()
    .on('callback')
    .column('ticket_id')
    .where(sql.ref('status'), 'in', [sql.lit('scheduled'), sql.lit('dialing')])
    .execute()
  await db.schema
    .createIndex('callback_due')
    .ifNotExists()
    .on('callback')
    .columns(['status', 'due_at'])
    .execute()
  await db.schema
    .createIndex('callback_assignee')
    .ifNotExists()
    .on('callback')
    .columns(['assignee_id', 'status', 'due_at'])
    .execute()
  await db.schema
    .createTable('callback_attempt')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('callback_id', 'text', (c) => c.notNull().references('callback.id'))
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('pbx_id', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('extension', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text')
    .addColumn('hangup_cause', 'integer')
    .addColumn('submitted_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('call_id', 'text', (c) => c.references('call.id'))
    .addUniqueConstraint('callback_attempt_channel', ['pbx_id', 'channel_id'])
    .execute()
  await db.schema
    .createIndex('callback_attempt_callback')
    .ifNotExists()
    .on('callback_attempt')
    .columns(['callback_id', 'number'])
    .execute()
  await createLiveAttemptGuards(db)
}

/** The database itself refuses a second live attempt for one promise and for one agent's phone. */
async function createLiveAttemptGuards(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('callback_attempt_one_live')
    .ifNotExists()
    .unique()
    .on('callback_attempt')
    .column('callback_id')
    .where(sql.ref('ended_at'), 'is', null)
    .execute()
  await db.schema
    .createIndex('callback_attempt_one_per_phone')
    .ifNotExists()
    .unique()
    .on('callback_attempt')
    .column('extension')
    .where(sql.ref('ended_at'), 'is', null)
    .execute()
}

async function createPops(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('screen_pop')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('call_id', 'text', (c) => c.notNull().references('call.id'))
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('rev', 'integer', (c) => c.notNull())
    .addColumn('ticket_id', 'text', (c) => c.references('ticket.id'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('seen_rev', 'integer', (c) => c.notNull())
    .addColumn('seen_at', 'text')
    .addUniqueConstraint('screen_pop_once', ['call_id', 'staff_id'])
    .execute()
  await db.schema
    .createIndex('screen_pop_live')
    .ifNotExists()
    .on('screen_pop')
    .column('staff_id')
    .where(sql.ref('stage'), 'in', [sql.lit('ringing'), sql.lit('answered')])
    .execute()
}
