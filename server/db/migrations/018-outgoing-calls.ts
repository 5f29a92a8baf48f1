import { type Kysely, sql } from 'kysely'

/** Calls to customers that a person ordered at once, each with its one attempt. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outgoing_call')
    .ifNotExists()
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('ticket_id', 'text', (c) => c.references('ticket.id'))
    .addColumn('staff_id', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('number_raw', 'text', (c) => c.notNull())
    .addColumn('number_dial', 'text', (c) => c.notNull())
    .addColumn('device', 'text', (c) => c.notNull())
    .addColumn('phone', 'text', (c) => c.notNull())
    .addColumn('pbx_id', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text')
    .addColumn('hangup_cause', 'integer')
    .addColumn('submitted_at', 'text', (c) => c.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('look_up_at', 'text')
    .addColumn('call_id', 'text')
    .addUniqueConstraint('outgoing_call_channel', ['pbx_id', 'channel_id'])
    .execute()
  await createGuards(db)
  await createIndexes(db)
}

/** The database itself refuses a second live call to one customer and from one phone. */
async function createGuards(db: Kysely<unknown>): Promise<void> {
  for (const column of ['phone', 'number_dial']) {
    // oxlint-disable-next-line no-await-in-loop -- two
    await db.schema
      .createIndex(`outgoing_call_live_${column}`)
      .ifNotExists()
      .unique()
      .on('outgoing_call')
      .column(column)
      .where(sql.ref('ended_at'), 'is', null)
      .execute()
  }
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  for (const column of ['look_up_at', 'call_id', 'ticket_id']) {
    // oxlint-disable-next-line no-await-in-loop -- three
    await db.schema
      .createIndex(`outgoing_call_${column}`)
      .ifNotExists()
      .on('outgoing_call')
      .column(column)
      .where(sql.ref(column), 'is not', null)
      .execute()
  }
}
