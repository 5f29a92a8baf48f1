import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'

export interface CallMove {
  from: string
  into: string
  at: Instant
  byId: string | null
  mergeId: string
}

/** All calls of a ticket, or only `ids` of them, go to another one, each with a line of its own. */
export async function moveCalls(
  db: Db,
  move: CallMove,
  ids?: readonly string[],
): Promise<string[]> {
  if (ids?.length === 0) return []
  const rows = await db
    .updateTable('call')
    .set({ ticket_id: move.into })
    .where('ticket_id', '=', move.from)
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...(ids ?? [])]))
    .returning('id')
    .execute()
  const moved = rows.map(({ id }) => id)
  if (moved.length > 0) {
    const { into: ticket_id, from: moved_from, at, byId: by_id, mergeId: merge_id } = move
    const line = { ticket_id, moved_from, at, by_id, merge_id }
    await db
      .insertInto('ticket_call')
      .values(moved.map((call_id) => ({ call_id, ...line })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return moved
}
