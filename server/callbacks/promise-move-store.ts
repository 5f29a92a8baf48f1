import type { Db } from '../db/schema.ts'

/** All promises of a ticket, whatever became of them. */
export async function listPromiseIds(
  db: Db,
  ticketId: string,
): Promise<{ id: string; attempts: number }[]> {
  return db
    .selectFrom('callback')
    .select(['id', 'attempts'])
    .where('ticket_id', '=', ticketId)
    .orderBy('due_at')
    .execute()
}

/** Whose ticket they belong to is news to whoever read them: their version grows. */
export async function moveToTicket(
  db: Db,
  ids: readonly string[],
  ticketId: string,
): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('callback')
    .set((eb) => ({ ticket_id: ticketId, version: eb('version', '+', 1) }))
    .where('id', 'in', [...ids])
    .execute()
}
