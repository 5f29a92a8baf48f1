import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import type { StoredTicket } from '../ticket-record.ts'

/**
 * Gives the ticket to a person when nobody has it and it still is in this state: of two who take it
 * at once one gets undefined.
 */
export async function takeTicket(
  db: Db,
  before: Pick<StoredTicket, 'id' | 'status'>,
  staffId: string,
  now: Instant,
): Promise<StoredTicket | undefined> {
  return db
    .updateTable('ticket')
    .set((eb) => ({ assignee_id: staffId, updated_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', before.id)
    .where('status', '=', before.status)
    .where('assignee_id', 'is', null)
    .returningAll()
    .executeTakeFirst()
}
