import { sql } from 'kysely'
import { z } from 'zod'
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

/** Notes these customers as the triggers do. */
export async function addDueCustomers(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .insertInto('search_due_customer')
    .values(ids.map((id) => ({ customer_id: id, tickets_after: null })))
    .execute()
}

const storedIds = z.array(z.string())

/** Lines of a file are counted from 1 on, and the first is its header. */
const FIRST_LINE = 2

/** Notes the customers that this import has staged, a row for each `perRow` lines of its file. */
export async function addDueOfImport(db: Db, importId: string, perRow: number): Promise<void> {
  const part = sql`(line - ${sql.lit(FIRST_LINE)}) / ${sql.lit(perRow)}`
  await db
    .insertInto('search_due_bulk')
    .columns(['customer_ids'])
    .expression((eb) =>
      eb
        .selectFrom('import_row')
        // as JSON: no id has a sign that wants care
        .select(sql<string>`'["' || string_agg(customer_id, '","') || '"]'`.as('customer_ids'))
        .where('import_id', '=', importId)
        .groupBy(part)
        .orderBy(part),
    )
    .execute()
}

/** The oldest of them; null when there is none. */
export async function selectDueBulk(
  db: Db,
): Promise<{ seq: number; customerIds: string[] } | null> {
  const row = await db
    .selectFrom('search_due_bulk')
    .selectAll()
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  return { seq: row.seq, customerIds: storedIds.parse(JSON.parse(row.customer_ids)) }
}

export async function removeDueBulk(db: Db, seq: number): Promise<void> {
  await db.deleteFrom('search_due_bulk').where('seq', '=', seq).execute()
}

/** The triggers of customers note nothing in this transaction, until `release`. */
export async function holdNotes(db: Db, importId: string): Promise<void> {
  await db.insertInto('search_due_held').values({ import_id: importId }).execute()
}

export async function releaseNotes(db: Db): Promise<void> {
  await db.deleteFrom('search_due_held').execute()
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
