import type { Instant } from '#contract/primitives.ts'
import type { Call } from '../../calls/conversation/call.ts'
import { RINGER } from '../../calls/callback-call/ringer-channel.ts'
import type { Db } from '../../db/schema.ts'
import { OPEN_STATUSES } from '../../tickets/ticket.ts'
import { type DueCallback, selectDue, toDue } from '../dialling/due-callback-store.ts'
import { isCustomerFirst } from '../dialling/first-due-store.ts'
import type { InFlight } from './customer-first.ts'

const AT_MOST = 200

/** Due promises whose customers are rung first, but for those to `busyNumbers`; the oldest ones. */
export async function listFirstDue(
  db: Db,
  now: Instant,
  { since, busyNumbers }: { since: Instant; busyNumbers: readonly string[] },
): Promise<DueCallback[]> {
  const rows = await selectDue(db, now, 'anybody')
    .where(isCustomerFirst('due', since))
    .where('due.ticket_id', 'is not', null)
    .$if(busyNumbers.length > 0, (query) =>
      query.where('due.number_dial', 'not in', [...busyNumbers]),
    )
    .orderBy('due.due_at')
    .limit(AT_MOST)
    .execute()
  return rows.map(toDue)
}

/** Attempts that live on no phone of ours yet: the customer is rung, is asked for the key 1, or waits. */
export async function listInFlight(db: Db): Promise<InFlight[]> {
  const rows = await db
    .selectFrom('callback')
    .innerJoin('callback_attempt', 'callback_attempt.callback_id', 'callback.id')
    .select(['callback_attempt.pbx_id', 'callback_attempt.channel_id'])
    // What lives is being dialled: few rows, by index.
    .where('callback.status', '=', 'dialing')
    .where('callback_attempt.ended_at', 'is', null)
    .where('callback_attempt.extension', 'like', `${RINGER}%`)
    .execute()
  return rows.map((row) => ({ pbxId: row.pbx_id, channelId: row.channel_id }))
}

/**
 * The ticket of the promise that this call keeps, or of the talk in which it was asked for while that is open; null of
 * every other call.
 */
export async function ticketCalledAbout(
  db: Db,
  { callId, call }: { callId: string; call: Call },
): Promise<string | null> {
  if (call.direction !== 'callback') return null
  const row = await db
    .selectFrom('callback_attempt')
    .innerJoin('callback', 'callback.id', 'callback_attempt.callback_id')
    .leftJoin('call as asked', 'asked.id', 'callback.missed_call_id')
    .leftJoin('ticket as known', (join) =>
      join.onRef('known.id', '=', 'asked.ticket_id').on('known.status', 'in', [...OPEN_STATUSES]),
    )
    .select(['callback.ticket_id', 'known.id as known_id'])
    .where('callback_attempt.call_id', '=', callId)
    .executeTakeFirst()
  return row?.ticket_id ?? row?.known_id ?? null
}
