import { type ExpressionBuilder, sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import type { Db, Tables } from '../db/schema.ts'
import { type Callback, toCallback } from './callback-store.ts'

/** Promises to one number: more than this at once are a mistake of somebody else's. */
const AT_MOST = 50

/** A caller who was missed before then, of whom the service learnt later; who asked after a talk was not. */
function missedBefore(eb: ExpressionBuilder<Tables, 'callback'>, before: Instant) {
  return eb
    .selectFrom('call')
    .select('call.id')
    .whereRef('call.id', '=', 'callback.missed_call_id')
    .where('call.entered_at', '<', before)
    .where('call.answered_at', 'is', null)
}

/**
 * Promises to this number that wait, and were made and last given a time before then: what an agent
 * promises or moves in the conversation itself stays.
 */
export async function listPromisedBefore(
  db: Db,
  { numberDial, before }: { numberDial: string; before: Instant },
): Promise<Callback[]> {
  const rows = await db
    .selectFrom('callback')
    .selectAll()
    .where('number_dial', '=', numberDial)
    // as in the index of open numbers, else it cannot be used
    .where('status', 'in', [sql.lit('scheduled'), sql.lit('dialing')])
    .where((eb) => eb.or([eb('created_at', '<', before), eb.exists(missedBefore(eb, before))]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('ticket_timeline as line')
            .select('line.id')
            .whereRef('line.ticket_id', '=', 'callback.ticket_id')
            .where('line.kind', '=', 'callback_promised')
            .where('line.at', '>=', before),
        ),
      ),
    )
    .orderBy('due_at')
    .limit(AT_MOST)
    .execute()
  return rows.map(toCallback)
}
