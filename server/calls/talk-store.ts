import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import { plusMs } from '../time.ts'

/** A ticket whose customer was spoken to more often than this has answers enough. */
const MOST_TALKS = 100

export interface TalkQuery {
  ticketId: string
  since: Instant
  /** Shorter talks are none: somebody picked up and said nothing. */
  seconds: number
  now: Instant
}

/** A call of the ticket on which an agent and somebody talked: when, and with which number. */
export interface Talk {
  at: Instant
  /** As it called, or as it was promised. */
  number: string
}

/** Talks since then that were, or have by now become, long enough; oldest first. */
export async function listTalks(db: Db, query: TalkQuery): Promise<Talk[]> {
  const { ticketId, since, seconds, now } = query
  const rows = await db
    .selectFrom('call')
    .leftJoin('callback_attempt', 'callback_attempt.call_id', 'call.id')
    .leftJoin('callback', 'callback.id', 'callback_attempt.callback_id')
    .select(['call.answered_at', 'call.caller_raw', 'callback.number_raw'])
    .where('call.ticket_id', '=', ticketId)
    .where('call.answered_at', '>=', since)
    .where((eb) =>
      eb.or([
        eb('call.talk_seconds', '>=', seconds),
        eb.and([
          eb('call.ended_at', 'is', null),
          eb('call.answered_at', '<=', plusMs(now, -seconds * 1000)),
        ]),
      ]),
    )
    .orderBy('call.answered_at')
    .limit(MOST_TALKS)
    .execute()
  return rows.map((row) => ({
    at: row.answered_at ?? since,
    number: row.number_raw ?? row.caller_raw,
  }))
}
