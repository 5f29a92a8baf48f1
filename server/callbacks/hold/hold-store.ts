import { sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import { prepared } from '../../db/prepared.ts'
import type { Db } from '../../db/schema.ts'
import { isPlace } from '../../calls/callback-call/place-channel.ts'

/** A caller who waits for a place, with the call that was left. */
export interface Asked {
  id: string
  number: string
  queue: string
  pbxId: string
  callerUniqueid: string
  /** When the caller came into the queue. */
  cameAt: Instant
}

const AT_MOST = 500
/** Calls that live at once. */
const LIVE_AT_MOST = 5_000

const selectAsked = prepared((db, { now }: { now: Instant }) =>
  db
    .selectFrom('callback')
    .innerJoin('call', 'call.id', 'callback.missed_call_id')
    .select(['callback.id', 'callback.number_dial', 'callback.queue'])
    .select(['call.pbx_id', 'call.uniqueid', 'call.entered_at'])
    // Both as in the index of open promises, where few have no ticket, however many wait.
    .where('callback.ticket_id', 'is', null)
    .where('callback.status', 'in', [sql.lit('scheduled'), sql.lit('dialing')])
    .where((eb) => eb(eb.fn.coalesce('callback.status', sql.lit('')), '=', 'scheduled'))
    .where((eb) => eb(eb.fn.coalesce('callback.due_at', sql.lit('')), '>', now))
    .whereRef('callback.promised_for', '=', 'callback.due_at')
    .where('callback.reason', '=', 'asked')
    .orderBy('call.entered_at')
    .orderBy('call.uniqueid')
    .limit(AT_MOST),
)

/**
 * Callers who left a queue by key and whose place is not lost: nothing has moved the moment that they
 * were promised. Who came first is first.
 */
export async function listAsked(db: Db, now: Instant): Promise<Asked[]> {
  const { rows } = await selectAsked(db, { now })
  return rows.flatMap(({ id, queue, number_dial: number, ...call }) => {
    const whose = { pbxId: call.pbx_id, callerUniqueid: call.uniqueid, cameAt: call.entered_at }
    return queue === null ? [] : [{ id, number, queue, ...whose }]
  })
}

/** A place that waits, or was ordered just now. */
export interface KeptPlace {
  channelId: string
  pbxId: string
  queue: string | null
  submittedAt: Instant
  /** When its caller came into the queue. */
  cameAt: Instant
}

export async function listPlaces(db: Db): Promise<KeptPlace[]> {
  const rows = await db
    .selectFrom('callback')
    .innerJoin('callback_attempt', 'callback_attempt.callback_id', 'callback.id')
    .innerJoin('call', 'call.id', 'callback.missed_call_id')
    .select(['callback_attempt.channel_id', 'callback_attempt.submitted_at', 'callback.queue'])
    .select(['call.pbx_id', 'call.entered_at', 'callback_attempt.extension'])
    // What lives is being dialled: few rows, by index, however many were asked for ever.
    .where('callback.status', '=', 'dialing')
    .where('callback.reason', '=', 'asked')
    .where('callback_attempt.ended_at', 'is', null)
    .execute()
  // Whom an agent calls by now, or the team calls without a place, stands in no queue.
  const places = rows.filter(({ extension }) => isPlace(extension))
  return places.map((row) => ({
    channelId: row.channel_id,
    pbxId: row.pbx_id,
    queue: row.queue,
    submittedAt: row.submitted_at,
    cameAt: row.entered_at,
  }))
}

/** Who is called by this call because they asked for it. */
export async function findCalled(
  db: Db,
  callId: string,
): Promise<{ promiseId: string; number: string } | null> {
  const row = await db
    .selectFrom('callback_attempt')
    .innerJoin('callback', 'callback.id', 'callback_attempt.callback_id')
    .select(['callback.id', 'callback.number_dial'])
    .where('callback_attempt.call_id', '=', callId)
    .where('callback.reason', '=', 'asked')
    .executeTakeFirst()
  return row === undefined ? null : { promiseId: row.id, number: row.number_dial }
}

const selectLeft = prepared((db, { leftBefore }: { leftBefore: Instant }) =>
  db
    .selectFrom('callback_attempt as place')
    .select(['place.pbx_id', 'place.channel_id', 'place.extension'])
    .where('place.call_id', 'in', (eb) =>
      // With a limit it is read first, and not joined into a walk over all attempts.
      eb.selectFrom('call').select('id').where('ended_at', 'is', null).limit(LIVE_AT_MOST),
    )
    .where('place.outcome', '=', 'not_placed')
    .where('place.ended_at', '<=', leftBefore)
    .limit(AT_MOST),
)

/** Places that are needed no more since then or longer, and are still seen in their queue. */
export async function listLeftPlaces(
  db: Db,
  leftBefore: Instant,
): Promise<{ pbxId: string; channelId: string }[]> {
  const { rows } = await selectLeft(db, { leftBefore })
  return rows.flatMap(({ pbx_id: pbxId, channel_id: channelId, extension }) =>
    isPlace(extension) ? [{ pbxId, channelId }] : [],
  )
}

/** The caller typed another number. A promise that is over keeps the one that it had. */
export async function changeNumber(
  db: Db,
  id: string,
  { number, now }: { number: string; now: Instant },
): Promise<void> {
  await db
    .updateTable('callback')
    .set((eb) => ({
      number_raw: number,
      number_dial: number,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', id)
    .where('status', 'in', ['scheduled', 'dialing'])
    .execute()
}

/**
 * An agent answered for the place: the attempt is on that phone from now on. False when another attempt
 * has it, which the phone's own end will show.
 */
export async function takePhone(db: Db, attemptId: string, extension: string): Promise<boolean> {
  const rows = await db
    .updateTable('callback_attempt')
    .set({ extension })
    .where('id', '=', attemptId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('callback_attempt as other')
            .select('other.id')
            .where('other.extension', '=', extension)
            .where('other.ended_at', 'is', null),
        ),
      ),
    )
    .returning('id')
    .execute()
  return rows.length === 1
}
