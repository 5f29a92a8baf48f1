import { sql } from 'kysely'
import type { CountOfQueue } from '#contract/supervision/owed.ts'
import type { Instant } from '#contract/primitives.ts'
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

/** Of what was promised for these days, how many customers have been called back, by the queue that they left. */
export async function countCalledBack(
  db: Db,
  { from, before }: { from: Instant; before: Instant },
): Promise<CountOfQueue[]> {
  const rows = await db
    .selectFrom('callback')
    .select([
      'queue',
      // asked for by its status, all that were ever kept would be read
      (eb) => eb.fn.count<number>(eb.case().when('status', '=', 'done').then(1).end()).as('count'),
    ])
    .where('promised_for', '>=', from)
    .where('promised_for', '<', before)
    .groupBy('queue')
    .orderBy('queue')
    .execute()
  return rows.filter(({ count }) => count > 0)
}

/** A promise that waits or is being kept. */
export interface OpenPromise {
  numberDial: string
  dueAt: Instant
  ticketId: string | null
}

/** Of these numbers (national digits) the open promises, due first. */
export async function listOpenTo(db: Db, numbers: readonly string[]): Promise<OpenPromise[]> {
  if (numbers.length === 0) return []
  const rows = await db
    .selectFrom('callback')
    .select(['number_dial', 'due_at', 'ticket_id'])
    .where('number_dial', 'in', [...numbers])
    // as in the index of open numbers, else it cannot be used
    .where('status', 'in', [sql.lit('scheduled'), sql.lit('dialing')])
    .orderBy('due_at')
    .execute()
  return rows.map((row) => ({
    numberDial: row.number_dial,
    dueAt: row.due_at,
    ticketId: row.ticket_id,
  }))
}
