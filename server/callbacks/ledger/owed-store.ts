import { sql } from 'kysely'
import type { CountOfQueue } from '#contract/supervision/owed.ts'
import type { Instant, LocalDate } from '#contract/primitives.ts'
import { inParts, preparedForRows } from '../../db/prepared.ts'
import type { Db } from '../../db/schema.ts'

/** Promises of now or earlier that are not kept yet. */
export async function countDueNow(db: Db, now: Instant): Promise<number> {
  const row = await db
    .selectFrom('callback')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', 'in', ['scheduled', 'dialing'])
    .where('due_at', '<=', now)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** How many customers were reached by a callback of this day, by the queue that they had left. */
export function countCalledBack(db: Db, day: LocalDate): Promise<CountOfQueue[]> {
  return (
    db
      .selectFrom('call')
      // SQLite keeps the order of a cross join: from the few calls to their attempts, not from all attempts
      .crossJoin('callback_attempt')
      .whereRef('callback_attempt.call_id', '=', 'call.id')
      .innerJoin('callback', 'callback.id', 'callback_attempt.callback_id')
      .select((eb) => ['callback.queue', eb.fn.count<number>('callback.id').distinct().as('count')])
      .where('call.local_day', '=', day)
      // no callback is a call of a queue: by the index of days and queues these few are read alone
      .where('call.queue', 'is', null)
      .where('call.direction', '=', 'callback')
      .where('callback_attempt.outcome', '=', 'reached')
      .groupBy('callback.queue')
      .orderBy('callback.queue')
      .execute()
  )
}

/** A promise that waits or is being kept. */
export interface OpenPromise {
  numberDial: string
  dueAt: Instant
  ticketId: string | null
}

/** Of these numbers (national digits) the open promises, of each number the one due first before the others. */
export async function listOpenTo(db: Db, numbers: readonly string[]): Promise<OpenPromise[]> {
  const found: OpenPromise[] = []
  for (const part of inParts(numbers.map((number) => ({ number })))) {
    found.push(...(await openTo(db, part)).rows)
  }
  return found
}

/** Asked for whenever somebody begins to wait. */
const openTo = preparedForRows((db, numbers: { number: string }[]) =>
  db
    .selectFrom('callback')
    .select(['number_dial as numberDial', 'due_at as dueAt', 'ticket_id as ticketId'])
    .where(
      'number_dial',
      'in',
      numbers.map(({ number }) => number),
    )
    // as in the index of open numbers, else it cannot be used
    .where('status', 'in', [sql.lit('scheduled'), sql.lit('dialing')])
    .orderBy('due_at'),
)
