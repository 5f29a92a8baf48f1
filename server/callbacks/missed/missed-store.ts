import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Instant, LocalDate } from '#contract/primitives.ts'
import type { CountOfQueue } from '#contract/supervision/owed.ts'
import { prepared } from '../../db/prepared.ts'
import type { Db, Tables } from '../../db/schema.ts'
import { type Callback, toCallback } from '../callback-store.ts'

/** More than this are never shown: somebody must look at the queue instead. */
const SHOWN_AT_MOST = 200
const OPEN = ['scheduled', 'dialing', 'failed'] as const

/** Whether this number is promised a call that waits or goes on, of a ticket or not. */
export async function hasOpenPromise(db: Db, numberDial: string): Promise<boolean> {
  const row = await db
    .selectFrom('callback')
    .select('id')
    .where('number_dial', '=', numberDial)
    // as in the index of open numbers, else it cannot be used
    .where('status', 'in', [sql.lit('scheduled'), sql.lit('dialing')])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The promises to this number as a missed caller made at `since` or later, whatever became of them. */
export async function listMadeSince(
  db: Db,
  { numberDial, since }: { numberDial: string; since: Instant },
): Promise<Callback[]> {
  const rows = await db
    .selectFrom('callback')
    .selectAll()
    .where('number_dial', '=', numberDial)
    .where('missed_call_id', 'is not', null)
    .where('reason', '=', 'missed')
    .where('created_at', '>=', since)
    .execute()
  return rows.map(toCallback)
}

/** The promise that was made for this call. */
export async function findOfMissedCall(db: Db, callId: string): Promise<Callback | null> {
  const row = await db
    .selectFrom('callback')
    .selectAll()
    .where('missed_call_id', '=', callId)
    .executeTakeFirst()
  return row === undefined ? null : toCallback(row)
}

const selectTicketless = prepared((db, { numberDial }: { numberDial: string }) =>
  ticketless(db, numberDial).where('status', 'in', OPEN),
)

/**
 * Promises to this number that belong to no ticket and wait, are dialled, or need a person: of callers
 * who were missed or asked for a call.
 */
export async function listTicketless(db: Db, numberDial: string): Promise<Callback[]> {
  return (await selectTicketless(db, { numberDial })).rows.map(toCallback)
}

/** Those of them whom a person must decide of: what the caller did before `before`. */
export async function listFailedOfNumber(
  db: Db,
  { numberDial, before }: { numberDial: string; before: Instant },
): Promise<Callback[]> {
  const rows = await ticketless(db, numberDial)
    .where('created_at', '<', before)
    .where('status', '=', 'failed')
    .execute()
  return rows.map(toCallback)
}

function ticketless(db: Db, numberDial: string) {
  return (
    db
      .selectFrom('callback')
      .selectAll()
      .where('number_dial', '=', numberDial)
      // as in the index of their numbers, else it cannot be used
      .where('missed_call_id', 'is not', null)
      // The index of tickets would walk all that ever had none.
      .where((eb) => eb(eb.fn.coalesce('ticket_id', sql.lit('')), '=', ''))
  )
}

/** Whether a call of this number at this moment or later was answered: it has opened a ticket. */
export async function gotThroughSince(
  db: Db,
  { numberKey, since }: { numberKey: string; since: Instant },
): Promise<boolean> {
  const row = await db
    .selectFrom('ticket')
    .select('id')
    .where('number_key', '=', numberKey)
    .where('received_at', '>=', since)
    .where('opened_by_call_id', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export interface OpenMissed {
  promiseId: string
  callId: string
  queue: string | null
  missedAt: Instant
  callerKey: string | null
  /** How often this number called in vain from then on. */
  calls: number
}

/** Missed callers who are still to be called, those who asked for it and have no place too, due first. */
export async function listOpenMissed(db: Db): Promise<OpenMissed[]> {
  const part = (status: (typeof OPEN)[number]) =>
    db.selectFrom(ofStatus(db, status).as('part')).selectAll('part')
  const rows = await db
    .selectFrom(part('scheduled').unionAll(part('dialing')).unionAll(part('failed')).as('promise'))
    .innerJoin('call', 'call.id', 'promise.missed_call_id')
    .select(['promise.id', 'promise.queue', 'call.id as call_id'])
    .select(['call.entered_at', 'call.caller_key', (eb) => countMissedSince(eb).as('calls')])
    .orderBy('promise.due_at')
    .limit(SHOWN_AT_MOST)
    .execute()
  return rows.map((row) => ({
    promiseId: row.id,
    callId: row.call_id,
    queue: row.queue,
    missedAt: row.entered_at,
    callerKey: row.caller_key,
    calls: row.calls ?? 0,
  }))
}

/** How many of them there are, by the queue that they left; null past the queues. */
export async function countOpenMissed(db: Db): Promise<CountOfQueue[]> {
  const part = (status: (typeof OPEN)[number]) =>
    db.selectFrom(ofStatus(db, status).as('part')).select('part.queue')
  return db
    .selectFrom(part('scheduled').unionAll(part('dialing')).unionAll(part('failed')).as('promise'))
    .select(['queue', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('queue')
    .orderBy('queue')
    .execute()
}

function ofStatus(db: Db, status: (typeof OPEN)[number]) {
  return (
    db
      .selectFrom('callback')
      .select(['id', 'queue', 'due_at', 'missed_call_id'])
      .where('status', '=', status)
      // The index of tickets would walk all that ever had none.
      .where((eb) => eb(eb.fn.coalesce('ticket_id', sql.lit('')), '=', ''))
      .where((eb) => eb.or([eb('reason', '=', 'missed'), isAskedWithoutPlace(eb)]))
      .orderBy('due_at')
      .limit(SHOWN_AT_MOST)
  )
}

/** Who asked for a call in the queue: with a place the moment is as promised, and the queue calls them. */
function isAskedWithoutPlace(eb: ExpressionBuilder<Tables, 'callback'>) {
  const isMoved = eb('due_at', '<>', eb.ref('promised_for'))
  return eb.and([eb('reason', '=', 'asked'), eb.or([eb('status', '=', 'failed'), isMoved])])
}

/** Unanswered, and still nobody whom we missed: `isMissed`. */
const NOT_MISSED = ['asked', 'left_in_notice']

function countMissedSince(eb: ExpressionBuilder<Tables, 'call'>) {
  return (
    eb
      .selectFrom('call as again')
      .select((inner) => inner.fn.countAll<number>().as('count'))
      .whereRef('again.caller_key', '=', 'call.caller_key')
      .whereRef('again.entered_at', '>=', 'call.entered_at')
      // as in the index of calls without a ticket, else it cannot be used
      .where('again.ticket_id', 'is', null)
      .where('again.ended_at', 'is not', null)
      .where('again.direction', '=', 'inbound')
      .where('again.answered_at', 'is', null)
      .where((or) =>
        or.or([or('again.outcome', 'is', null), or('again.outcome', 'not in', NOT_MISSED)]),
      )
  )
}

const refusal = z.object({ refusedBy: z.string() })

/** Of a stored call the queue that did not let the caller in; null also when it cannot be read. */
function refusedBy(state: string): string | null {
  try {
    return refusal.safeParse(JSON.parse(state)).data?.refusedBy ?? null
  } catch {
    return null
  }
}

/** The callers of a day whom nobody answered, newest first, with the queue that they tried. */
export async function listMissedOfDay(
  db: Db,
  day: LocalDate,
): Promise<{ callId: string; callerRaw: string; queue: string | null; missedAt: Instant }[]> {
  const rows = await db
    .selectFrom('call')
    .select(['id', 'caller_raw', 'queue', 'state', 'entered_at'])
    .where('local_day', '=', day)
    .where('direction', '=', 'inbound')
    .where('ended_at', 'is not', null)
    .where('answered_at', 'is', null)
    .where((eb) => eb.or([eb('outcome', 'is', null), eb('outcome', 'not in', NOT_MISSED)]))
    .orderBy('entered_at', 'desc')
    .limit(SHOWN_AT_MOST)
    .execute()
  return rows.map((row) => ({
    callId: row.id,
    callerRaw: row.caller_raw,
    queue: row.queue ?? refusedBy(row.state),
    missedAt: row.entered_at,
  }))
}
