import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import type { RefColumns, StoredTicket } from './ticket-record.ts'
import { selectTicketOfCall } from './ticket-store.ts'

/** A ticket into which more were merged than this shows the newest of them. */
const MOST_MERGED = 50
/** Merges of merges: more than this is a mistake. */
const LONGEST_CHAIN = 10

const REF = ['id', 'code', 'status', 'subject', 'received_at', 'due_at'] as const

/** The tickets that are part of this one, directly or over others. */
export async function selectMerged(db: Db, ticketId: string): Promise<RefColumns[]> {
  const found: RefColumns[] = []
  let parents = [ticketId]
  for (let depth = 0; parents.length > 0 && depth < LONGEST_CHAIN; depth += 1) {
    // oxlint-disable-next-line no-await-in-loop -- seldom more than one level
    const children = await db
      .selectFrom('ticket')
      .select([...REF])
      .where('merged_into', 'in', parents)
      .orderBy('id', 'desc')
      .limit(MOST_MERGED)
      .execute()
    found.push(...children)
    parents = children.map(({ id }) => id)
  }
  return found
}

/** The ticket itself, or the one that it is part of, over however many. */
export async function followMerges(db: Db, ticket: StoredTicket): Promise<StoredTicket> {
  let at = ticket
  for (let step = 0; at.merged_into !== null && step < LONGEST_CHAIN; step += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const into = await db
      .selectFrom('ticket')
      .selectAll()
      .where('id', '=', at.merged_into)
      .executeTakeFirst()
    if (into === undefined) return at
    at = into
  }
  return at
}

/** Sets when a ticket was received and is due; its version grows, as whoever reads it must know. */
export async function setReceipt(
  db: Db,
  id: string,
  receipt: { receivedAt: Instant; dueAt: Instant | null; now: Instant },
): Promise<void> {
  const { receivedAt: received_at, dueAt: due_at, now: updated_at } = receipt
  await db
    .updateTable('ticket')
    .set((eb) => ({ received_at, due_at, updated_at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** The ticket of this call, or the one that it has become part of. */
export async function findTicketOfCall(db: Db, callId: string): Promise<StoredTicket | null> {
  const ticket = await selectTicketOfCall(db, callId)
  return ticket === undefined ? null : followMerges(db, ticket)
}
