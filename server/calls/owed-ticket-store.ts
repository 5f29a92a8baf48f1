import type { ExpressionBuilder } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import type { Db, Tables } from '../db/schema.ts'

/** Calls looked at to find when the next one falls due; the oldest come first. */
const LOOKED_AT = 200

/** Calls that came to owe a ticket until then and have none; uses the index `call_owed`. */
export function isOwedSince(until: Instant) {
  return (eb: ExpressionBuilder<Tables, 'call'>) =>
    eb.and([
      eb('ticket_moment_at', 'is not', null),
      eb('ticket_moment_at', '<=', until),
      eb('ticket_id', 'is', null),
    ])
}

/** When a call came to owe its ticket, and what keeps it from being taken. */
export interface OwedCall {
  momentAt: Instant
  retryAt: Instant | null
  leaseUntil: Instant | null
}

/** Calls that owe a ticket and were not set aside. */
export async function listOwed(db: Db, mostTries: number): Promise<OwedCall[]> {
  const rows = await db
    .selectFrom('call')
    .select(['ticket_moment_at', 'due_retry_at', 'due_owner', 'due_lease_until'])
    .where('ticket_moment_at', 'is not', null)
    .where('ticket_id', 'is', null)
    .where('due_tries', '<', mostTries)
    .orderBy('ticket_moment_at')
    .limit(LOOKED_AT)
    .execute()
  return rows.flatMap((row) =>
    row.ticket_moment_at === null
      ? []
      : {
          momentAt: row.ticket_moment_at,
          retryAt: row.due_retry_at,
          leaseUntil: row.due_owner === null ? null : row.due_lease_until,
        },
  )
}

/** Whether the call has its ticket by now. */
export async function hasTicket(db: Db, callId: string): Promise<boolean> {
  const row = await db
    .selectFrom('call')
    .select('ticket_id')
    .where('id', '=', callId)
    .executeTakeFirst()
  return row !== undefined && row.ticket_id !== null
}
