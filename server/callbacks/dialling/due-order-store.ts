import type { Instant } from '#contract/primitives.ts'
import { prepared } from '../../db/prepared.ts'
import type { Db } from '../../db/schema.ts'
import { URGENT } from '../policy/urgency.ts'
import { DUE_LIMIT, type DueCallback, selectDue, toDue } from './due-callback-store.ts'
import { isAgentFirst } from './first-due-store.ts'

/** The most that expire at one look: each is a transaction. */
const EXPIRY_LIMIT = 100

/** Due promises of urgent tickets, of agents who are not being rung: they go before older ones. */
export async function listUrgentDue(
  db: Db,
  now: Instant,
  busyNumbers: readonly string[],
  customersFirstSince: Instant | null = null,
): Promise<DueCallback[]> {
  const rows = await selectDue(db, now)
    .where(isAgentFirst('due', customersFirstSince))
    .where('ticket.priority', 'in', [...URGENT])
    .$if(busyNumbers.length > 0, (query) =>
      query.where('due.number_dial', 'not in', [...busyNumbers]),
    )
    .orderBy('due.due_at')
    .limit(DUE_LIMIT)
    .execute()
  return rows.map(toDue)
}

/** Promises that fell due after `since` at the moment that was agreed with the customer. */
export async function listAgreedDue(db: Db, now: Instant, since: Instant): Promise<DueCallback[]> {
  const rows = await selectDue(db, now)
    .where('due.agreed', '=', 1)
    .where('due.due_at', '>', since)
    .orderBy('due.due_at')
    .limit(DUE_LIMIT)
    .execute()
  return rows.map(toDue)
}

const selectExpired = prepared((db, { before }: { before: Instant }) =>
  db
    .selectFrom('callback')
    .select('id')
    .where('status', '=', 'scheduled')
    .where('due_at', '<=', before)
    .where((eb) => eb.or([eb('asked_at', 'is', null), eb('asked_at', '<=', before)]))
    .orderBy('due_at')
    .limit(EXPIRY_LIMIT),
)

/** Promises that were due before this moment and that nobody asked for since. */
export async function listExpired(db: Db, before: Instant): Promise<string[]> {
  return (await selectExpired(db, { before })).rows.map(({ id }) => id)
}

const selectNext = prepared((db, { now }: { now: Instant }) =>
  db
    .selectFrom('callback')
    .select('due_at')
    .where('status', '=', 'scheduled')
    .where('due_at', '>', now)
    .orderBy('due_at')
    .limit(1),
)

/** When the next promise falls due after `now`; null when none is scheduled. */
export async function nextDueAfter(db: Db, now: Instant): Promise<Instant | null> {
  return (await selectNext(db, { now })).rows[0]?.due_at ?? null
}
