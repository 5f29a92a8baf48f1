import type { Db, Row } from '../../../server/db/schema.ts'
import { asStored } from '../../../server/tickets/new-ticket.ts'
import { NO_CONTRACT } from '../../../server/tickets/ticket-contract.ts'

const AT = '2026-11-23T01:00:00.000Z'

/** A ticket as its table keeps it; its id is its code, too. */
export function aStoredTicket(id: string, given: Partial<Row<'ticket'>> = {}): Row<'ticket'> {
  return asStored({
    id,
    code: id,
    status: 'guiding',
    kind: 'incident',
    priority: 'normal',
    team: 'cskh',
    channel: 'hotline',
    subject: 'mất mạng',
    description: '',
    customer_id: null,
    ...NO_CONTRACT,
    number_raw: null,
    number_key: null,
    assignee_id: null,
    received_at: AT,
    due_at: null,
    opened_by_call_id: null,
    recovered: 0,
    version: 1,
    created_at: AT,
    updated_at: AT,
    subject_by_person: 1,
    ...given,
  })
}

export async function storeTicket(
  db: Db,
  id: string,
  given: Partial<Row<'ticket'>> = {},
): Promise<void> {
  await db.insertInto('ticket').values(aStoredTicket(id, given)).execute()
}
