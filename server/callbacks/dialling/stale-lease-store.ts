import type { Instant } from '#contract/primitives.ts'
import { prepared } from '../../db/prepared.ts'
import type { Db } from '../../db/schema.ts'

const SWEEP_LIMIT = 100

const selectStale = prepared((db, { now, latest }: { now: Instant; latest: Instant }) =>
  db
    .selectFrom('callback')
    .select('id')
    .where('status', '=', 'dialing')
    .where((eb) =>
      eb.or([
        eb('due_owner', 'is', null),
        eb('due_lease_until', '<=', now),
        eb('due_lease_until', '>', latest),
      ]),
    )
    .limit(1),
)

/**
 * Whether `claimLookups` has anything to take: a read that takes no lock. `latest`: no lease that is
 * given now ends after it.
 */
export async function hasStaleLease(db: Db, now: Instant, latest: Instant): Promise<boolean> {
  return (await selectStale(db, { now, latest })).rows.length > 0
}

/** Ends leases beyond `latest`: the clock was set back since they were given. */
export async function endTooLongLeases(db: Db, now: Instant, latest: Instant): Promise<void> {
  await db
    .updateTable('callback')
    .set({ due_lease_until: now })
    .where('status', '=', 'dialing')
    .where('due_lease_until', '>', latest)
    .execute()
}

/** Promises "being dialled" without an attempt that lives. */
export async function listWithoutAttempt(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('callback')
    .select('callback.id')
    .where('callback.status', '=', 'dialing')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('callback_attempt')
            .select('callback_attempt.id')
            .whereRef('callback_attempt.callback_id', '=', 'callback.id')
            .where('callback_attempt.ended_at', 'is', null),
        ),
      ),
    )
    .limit(SWEEP_LIMIT)
    .execute()
  return rows.map((row) => row.id)
}
