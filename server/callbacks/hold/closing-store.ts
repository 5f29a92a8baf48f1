import { sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import { type Callback, toCallback } from '../callback-store.ts'

const AT_MOST = 500

/** Callers who were promised a call in their turn, until a moment that is past, and whom nobody has tried. */
export async function listPastTheirTurn(db: Db, now: Instant): Promise<Callback[]> {
  const rows = await db
    .selectFrom('callback')
    .selectAll()
    // Both as in the index of open promises, where few have no ticket, however many wait.
    .where('ticket_id', 'is', null)
    .where('status', 'in', [sql.lit('scheduled'), sql.lit('dialing')])
    .where((eb) => eb(eb.fn.coalesce('status', sql.lit('')), '=', 'scheduled'))
    .where('reason', '=', 'asked')
    .where('promised_for', '<=', now)
    .where('agreed', '=', 0)
    .where('verdict', 'is', null)
    .where('first_attempt_at', 'is', null)
    .orderBy('promised_for')
    .limit(AT_MOST)
    .execute()
  return rows.map(toCallback)
}
