import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import type { DueCallback } from '../dialling/due-callback-store.ts'

/** A promise that is due and whoever of the team is free may dial. */
export type TeamDue = Pick<DueCallback, 'id' | 'dueAt' | 'number'>

/** The oldest due promises of nobody's ticket, those to `busyNumbers` left out. */
export async function listTeamDue(
  db: Db,
  now: Instant,
  { busyNumbers, limit }: { busyNumbers: readonly string[]; limit: number },
): Promise<TeamDue[]> {
  const rows = await db
    .selectFrom('callback')
    .select(['id', 'due_at', 'number_dial'])
    .where('status', '=', 'scheduled')
    .where('due_at', '<=', now)
    .where('ticket_id', 'is', null)
    .$if(busyNumbers.length > 0, (query) => query.where('number_dial', 'not in', [...busyNumbers]))
    .orderBy('due_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ id: row.id, dueAt: row.due_at, number: row.number_dial }))
}
