import { sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import { prepared } from '../../db/prepared.ts'
import type { Db } from '../../db/schema.ts'
import { type Callback, toCallback } from '../callback-store.ts'

const AT_MOST = 200

const selectOwed = prepared((db, { now }: { now: Instant }) =>
  db
    .selectFrom('callback')
    .selectAll()
    .where('verdict', 'is', null)
    .where('late_until', '<=', now)
    // The index of what is due would walk all that wait and all that ever failed.
    .where((eb) => eb(eb.fn.coalesce('status', sql.lit('')), 'in', ['scheduled', 'failed']))
    .orderBy('late_until')
    .limit(AT_MOST),
)

/** Promises whose hours are over without a verdict; what is being dialled waits for its attempt. */
export async function listOwedVerdicts(db: Db, now: Instant): Promise<Callback[]> {
  return (await selectOwed(db, { now })).rows.map(toCallback)
}
