import type { Kysely } from 'kysely'

/**
 * An index for every read, and none that nobody needs: each index on a column that an answered call
 * writes costs a page per opened ticket (`test/integration/query-plans.test.ts` and
 * `pages-per-ticket.test.ts` hold both).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await indexCalls(db)
  await indexTickets(db)
  await db.schema
    .createIndex('callback_ticket')
    .ifNotExists()
    .on('callback')
    .columns(['ticket_id', 'due_at'])
    .execute()
  // SQLite looks for the attempts of a call whenever it stores the call: a foreign key.
  await db.schema
    .createIndex('callback_attempt_call')
    .ifNotExists()
    .on('callback_attempt')
    .column('call_id')
    .where('call_id', 'is not', null)
    .execute()
}

/** Lists read one status after the other, in order by these alone: everybody's and one person's. */
async function indexTickets(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('ticket_received').ifExists().execute()
  await db.schema.dropIndex('ticket_assignee').ifExists().execute()
  await db.schema
    .createIndex('ticket_of_assignee')
    .ifNotExists()
    .on('ticket')
    .columns(['assignee_id', 'status', 'received_at', 'id'])
    .execute()
}

/**
 * Columns that stay as they are when a call is answered. `call_end` finds the calls that are not
 * over as well: they stand under null.
 */
async function indexCalls(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('call_live').ifExists().execute()
  await db.schema.dropIndex('call_day_queue').ifExists().execute()
  await db.schema.dropIndex('call_ended').ifExists().execute()
  await indexCall(db, 'call_day', ['local_day', 'queue'])
  await indexCall(db, 'call_end', ['ended_at'])
}

async function indexCall(db: Kysely<unknown>, name: string, columns: string[]): Promise<void> {
  await db.schema.createIndex(name).ifNotExists().on('call').columns(columns).execute()
}
