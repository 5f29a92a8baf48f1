import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import type { StoredTicket } from '../tickets/ticket-record.ts'
import type { Evidence, TargetFacts } from './case.ts'
import { evidenceOf } from './evidence.ts'

/** More evidence than this on one ticket is read newest first. */
const MOST_EVIDENCE = 200

/** Kinds whose reference is a person's words; of the others it is the id of a row. */
const GIVEN = ['mail', 'letter', 'visit']

export async function readTicket(db: Db, id: string): Promise<StoredTicket | undefined> {
  return db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Nobody else changes these tickets until the end of the transaction; taken in one order by all. */
export async function lockTickets(db: Db, ids: readonly string[]): Promise<void> {
  for (const id of ids.toSorted()) {
    // oxlint-disable-next-line no-await-in-loop -- two rows, one after the other
    await db
      .updateTable('ticket')
      .set((eb) => ({ version: eb.ref('version') }))
      .where('id', '=', id)
      .execute()
  }
}

/** Writes a step when nobody was faster; the row after it, or undefined. */
export async function saveStep(
  db: Db,
  before: Pick<StoredTicket, 'id' | 'version'>,
  columns: Partial<StoredTicket>,
): Promise<StoredTicket | undefined> {
  return db
    .updateTable('ticket')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst()
}

/** The ticket that an input names, with whether it is an outage that is still open. */
export async function readTarget(
  db: Db,
  id: string,
): Promise<(Omit<TargetFacts, 'status' | 'isOpen'> & { status: string }) | null> {
  const found = await db
    .selectFrom('ticket')
    .leftJoin('outage', 'outage.ticket_id', 'ticket.id')
    .select(['ticket.id', 'ticket.status', 'ticket.merged_into', 'outage.status as outage'])
    .where('ticket.id', '=', id)
    .executeTakeFirst()
  if (found === undefined) return null
  const { merged_into: mergedInto, outage, ...target } = found
  return { ...target, mergedInto, isOpenOutage: outage === 'open' }
}

export interface NewEvidence extends Evidence {
  id: string
  ticketId: string
  reference: string
  loopNo: number
  staffId: string | null
}

/** Safe to repeat: the same call, mail or letter is evidence once; false when it was on record. */
export async function insertEvidence(db: Db, added: NewEvidence): Promise<boolean> {
  const { id, ticketId, channel, kind, at, reference, loopNo, staffId } = added
  const row = { id, channel, kind, at, reference }
  const inserted = await db
    .insertInto('reply_evidence')
    .values({ ...row, ticket_id: ticketId, loop_no: loopNo, staff_id: staffId })
    .onConflict((conflict) => conflict.columns(['ticket_id', 'kind', 'reference']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Whether this attempt to reach the customer is on record. */
export async function hasAttempt(
  db: Db,
  { ticketId, reference }: { ticketId: string; reference: string },
): Promise<boolean> {
  const found = await db
    .selectFrom('reply_evidence')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .where('kind', '=', 'attempt')
    .where('reference', '=', reference)
    .executeTakeFirst()
  return found !== undefined
}

export async function deleteAttempt(
  db: Db,
  { ticketId, reference }: { ticketId: string; reference: string },
): Promise<void> {
  await db
    .deleteFrom('reply_evidence')
    .where('ticket_id', '=', ticketId)
    .where('kind', '=', 'attempt')
    .where('reference', '=', reference)
    .execute()
}

/** Evidence with what was noted beside it; `reference` is empty where nobody gave one. */
export interface NotedEvidence extends Evidence {
  reference: string
  staffId: string | null
}

/** What is on record of answers and tries, oldest first. */
export async function listEvidence(db: Db, ticketId: string): Promise<NotedEvidence[]> {
  const rows = await db
    .selectFrom('reply_evidence')
    .select(['id', 'at', 'channel', 'kind', 'reference', 'staff_id as staffId'])
    .where('ticket_id', '=', ticketId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_EVIDENCE)
    .execute()
  return rows
    .map(({ id, reference, staffId, ...row }) => ({
      ...evidenceOf(row),
      reference: GIVEN.includes(row.kind) && reference !== id ? reference : '',
      staffId,
    }))
    .toReversed()
}

/** When the open or latest promise of a ticket was made; null when none was. */
export async function lastPromiseAt(db: Db, ticketId: string): Promise<Instant | null> {
  const found = await db
    .selectFrom('callback')
    .select('created_at')
    .where('ticket_id', '=', ticketId)
    .orderBy('due_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.created_at ?? null
}
