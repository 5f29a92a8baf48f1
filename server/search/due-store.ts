import type { Db, Row } from '../db/schema.ts'

/** Changes of tickets that the index does not have yet, the oldest first. */
export function selectDueTickets(db: Db, limit: number): Promise<Row<'search_due'>[]> {
  return db.selectFrom('search_due').selectAll().orderBy('seq').limit(limit).execute()
}

export async function removeDueTickets(db: Db, seqs: readonly number[]): Promise<void> {
  if (seqs.length === 0) return
  await db
    .deleteFrom('search_due')
    .where('seq', 'in', [...seqs])
    .execute()
}

/** The same of customers. */
export function selectDueCustomers(db: Db, limit: number): Promise<Row<'search_due_customer'>[]> {
  return db.selectFrom('search_due_customer').selectAll().orderBy('seq').limit(limit).execute()
}

export async function removeDueCustomers(db: Db, seqs: readonly number[]): Promise<void> {
  if (seqs.length === 0) return
  await db
    .deleteFrom('search_due_customer')
    .where('seq', 'in', [...seqs])
    .execute()
}

/** Notes these customers as the triggers do; what was taken from one no trigger sees. */
export async function addDueCustomers(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .insertInto('search_due_customer')
    .values(ids.map((id) => ({ customer_id: id, tickets_after: null })))
    .execute()
}

/** These customers are indexed; their tickets, from this place on, are not. */
export async function placeDueCustomers(
  db: Db,
  seqs: readonly number[],
  ticketsAfter: string,
): Promise<void> {
  if (seqs.length === 0) return
  await db
    .updateTable('search_due_customer')
    .set({ tickets_after: ticketsAfter })
    .where('seq', 'in', [...seqs])
    .execute()
}
