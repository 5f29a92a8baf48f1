import type { Db } from '../db/schema.ts'
import type { StoredTicket } from './ticket-record.ts'

export type RewrittenColumns = Pick<
  StoredTicket,
  'subject' | 'description' | 'number_key' | 'search_text'
>

export async function selectTicketsAfter(
  db: Db,
  afterId: string,
  limit: number,
): Promise<StoredTicket[]> {
  return db
    .selectFrom('ticket')
    .selectAll()
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
}

export function differs(before: RewrittenColumns, after: RewrittenColumns): boolean {
  return (
    before.search_text !== after.search_text ||
    before.number_key !== after.number_key ||
    before.subject !== after.subject ||
    before.description !== after.description
  )
}

/** Only the version that was read: who changed the ticket meanwhile has written it by the new rules. */
export async function rewriteTicketRow(
  db: Db,
  { id, version }: Pick<StoredTicket, 'id' | 'version'>,
  columns: RewrittenColumns,
): Promise<void> {
  await db
    .updateTable('ticket')
    .set(columns)
    .where('id', '=', id)
    .where('version', '=', version)
    .execute()
}
