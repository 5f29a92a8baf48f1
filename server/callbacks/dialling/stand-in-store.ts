import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import { type Callback, toCallback } from '../callback-store.ts'

/** A promise that somebody has to keep soon, with who holds its ticket. */
export interface SoonDue {
  callback: Callback & { assigneeId: string }
  ticketHolderId: string | null
}

const AT_MOST = 500

/** Promises of people that are due by `until` and not being dialled, soonest first. */
export async function listSoonDue(db: Db, until: Instant): Promise<SoonDue[]> {
  const rows = await db
    .selectFrom('callback')
    .leftJoin('ticket', 'ticket.id', 'callback.ticket_id')
    .selectAll('callback')
    .select('ticket.assignee_id as holder_id')
    .where('callback.status', '=', 'scheduled')
    .where('callback.due_at', '<=', until)
    .where('callback.assignee_id', 'is not', null)
    .orderBy('callback.due_at')
    .limit(AT_MOST)
    .execute()
  return rows.flatMap((row) => {
    const callback = toCallback(row)
    const { assigneeId } = callback
    if (assigneeId === null) return []
    return [{ callback: { ...callback, assigneeId }, ticketHolderId: row.holder_id }]
  })
}
