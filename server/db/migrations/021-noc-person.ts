import { type Kysely, sql } from 'kysely'
import { addColumns } from './add-columns.ts'

/** Who of NOC had a ticket that went on to field work; and the tickets of an outage that is over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'ticket', [{ name: 'noc_assignee_id', type: 'text' }])
  await db.schema
    .createIndex('ticket_by_past_outage')
    .ifNotExists()
    .on('ticket')
    .columns(['past_outage_id', 'received_at', 'id'])
    .where(sql.ref('past_outage_id'), 'is not', null)
    .execute()
}
