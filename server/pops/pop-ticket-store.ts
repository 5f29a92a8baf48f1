import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import { isOnScreen, type PopRow, toPopRow } from './pop-store.ts'

/** Live pops of a ticket show another one from now on, or only `ids` of them; answers which. */
export async function movePops(
  db: Db,
  { from, into, at }: { from: string; into: string; at: Instant },
  ids?: readonly string[],
): Promise<PopRow[]> {
  if (ids?.length === 0) return []
  const rows = await db
    .updateTable('screen_pop')
    .set((eb) => ({ ticket_id: into, rev: eb('rev', '+', 1), changed_at: at }))
    .where('ticket_id', '=', from)
    .where(isOnScreen)
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...(ids ?? [])]))
    .returningAll()
    .execute()
  return rows.map(toPopRow)
}

/** What is on screens of a call without a ticket shows this one from now on. */
export async function giveTicketToPops(
  db: Db,
  { callId, ticketId, at }: { callId: string; ticketId: string; at: Instant },
): Promise<PopRow[]> {
  const rows = await db
    .updateTable('screen_pop')
    .set((eb) => ({ ticket_id: ticketId, rev: eb('rev', '+', 1), changed_at: at }))
    .where('call_id', '=', callId)
    .where('ticket_id', 'is', null)
    .where(isOnScreen)
    .returningAll()
    .execute()
  return rows.map(toPopRow)
}
