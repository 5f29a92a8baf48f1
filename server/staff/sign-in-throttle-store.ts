import type { Db } from '../db/schema.ts'
import type { ThrottleState } from './sign-in-throttle.ts'

/** Reads the state of a key and keeps others from changing it until the transaction ends. */
export async function lockThrottle(db: Db, key: string, now: string): Promise<ThrottleState> {
  const row = await db
    .insertInto('sign_in_throttle')
    .values({ key, failures: 0, window_started_at: now, blocked_until: null })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({ key: eb.ref('excluded.key') })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return {
    failures: row.failures,
    windowStartedAt: row.window_started_at,
    blockedUntil: row.blocked_until,
  }
}

export async function saveThrottle(db: Db, key: string, state: ThrottleState): Promise<void> {
  await db
    .updateTable('sign_in_throttle')
    .set({
      failures: state.failures,
      window_started_at: state.windowStartedAt,
      blocked_until: state.blockedUntil,
    })
    .where('key', '=', key)
    .execute()
}

/** The state of a key before and after one failure was counted. */
export interface CountedFailure {
  before: ThrottleState
  counted: ThrottleState
}

/**
 * Takes this one failure back: nothing that others counted meanwhile, and no wait but the one that
 * came with it.
 */
export async function giveBackFailure(
  db: Db,
  key: string,
  { before, counted }: CountedFailure,
): Promise<void> {
  await db
    .updateTable('sign_in_throttle')
    .set((eb) => ({ failures: eb('failures', '-', 1) }))
    .where('key', '=', key)
    .where('window_started_at', '=', counted.windowStartedAt)
    .where('failures', '>', 0)
    .execute()
  if (counted.blockedUntil === null) return
  await db
    .updateTable('sign_in_throttle')
    .set({ blocked_until: before.blockedUntil })
    .where('key', '=', key)
    .where('blocked_until', '=', counted.blockedUntil)
    .execute()
}

export async function clearThrottle(db: Db, key: string): Promise<void> {
  await db.deleteFrom('sign_in_throttle').where('key', '=', key).execute()
}

/** Rows whose window began before `before` say nothing any more. */
export async function deleteOldThrottles(db: Db, before: string): Promise<void> {
  await db.deleteFrom('sign_in_throttle').where('window_started_at', '<', before).execute()
}
