import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { instantOfMs } from '../time.ts'
import { type CountedKey, waitSeconds, waitsOf } from './sign-in-throttle.ts'

/** One failure as it was counted: what is needed to take just this one back. */
export interface CountedFailure {
  key: string
  windowStartedAt: string
  blockedUntil: string | null
}

/** The longest wait under these keys in seconds, 0 when a try is allowed now. */
export async function readWait(
  db: Db,
  keys: readonly CountedKey[],
  nowMs: number,
): Promise<number> {
  const rows = await db
    .selectFrom('sign_in_throttle')
    .select(['key', 'blocked_until'])
    .where(
      'key',
      'in',
      keys.map(({ key }) => key),
    )
    .execute()
  const ends = new Map(rows.map((row) => [row.key, row.blocked_until]))
  return Math.max(
    0,
    ...keys.map(({ key, rule }) => waitSeconds(ends.get(key) ?? null, rule, nowMs)),
  )
}

const FAILURES = sql.ref<number>('sign_in_throttle.failures')
const WINDOW = sql.ref<string>('sign_in_throttle.window_started_at')
const BLOCKED = sql.ref<string | null>('sign_in_throttle.blocked_until')

/**
 * Counts one failure in one statement, so that tries at once all count; null when a wait is running
 * and nothing was counted. A window or a wait that a wrong clock has put into the future is none.
 */
export async function countFailure(
  db: Db,
  { key, rule }: CountedKey,
  nowMs: number,
): Promise<CountedFailure | null> {
  const now = instantOfMs(nowMs)
  const oldest = instantOfMs(nowMs - rule.windowSeconds * 1000)
  const latestEnd = instantOfMs(nowMs + rule.longestWaitSeconds * 1000)
  const isOver = sql`(${WINDOW} <= ${oldest} or ${WINDOW} > ${now})`
  const waits = waitsOf(rule).map((seconds, index) => {
    const end = instantOfMs(nowMs + seconds * 1000)
    return sql`when ${FAILURES} = ${sql.lit(rule.free + index)} then ${end}`
  })
  const row = await db
    .insertInto('sign_in_throttle')
    .values({ key, failures: 1, window_started_at: now, blocked_until: null })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          failures: sql<number>`case when ${isOver} then 1 else ${FAILURES} + 1 end`,
          window_started_at: sql<string>`case when ${isOver} then ${now} else ${WINDOW} end`,
          blocked_until: sql<string | null>`case
            when ${isOver} or ${FAILURES} < ${sql.lit(rule.free)} then null
            ${sql.join(waits, sql` `)} else ${latestEnd} end`,
        })
        .where(
          sql<boolean>`(${BLOCKED} is null or ${BLOCKED} <= ${now} or ${BLOCKED} > ${latestEnd})`,
        ),
    )
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return null
  return { key, windowStartedAt: row.window_started_at, blockedUntil: row.blocked_until }
}

/**
 * Takes this one failure back: nothing that others counted meanwhile, and no wait but the one that
 * came with it.
 */
export async function giveBackFailure(db: Db, counted: CountedFailure): Promise<void> {
  const { key, windowStartedAt, blockedUntil } = counted
  await db
    .updateTable('sign_in_throttle')
    .set((eb) => ({
      failures: eb('failures', '-', 1),
      blocked_until: eb.fn<string | null>('nullif', ['blocked_until', eb.val(blockedUntil)]),
    }))
    .where('key', '=', key)
    .where('window_started_at', '=', windowStartedAt)
    .where('failures', '>', 0)
    .execute()
}

/** Forgets what was counted under one key. */
export async function clearThrottle(db: Db, key: string): Promise<void> {
  await db.deleteFrom('sign_in_throttle').where('key', '=', key).execute()
}

/** Forgets what keeps this account's owner waiting, wherever they are. */
export async function clearThrottlesOf(db: Db, username: string): Promise<void> {
  await db
    .deleteFrom('sign_in_throttle')
    .where((eb) =>
      eb.or([
        eb('key', '=', `account:${username}`),
        // "|" sorts right before "}": every key that begins with this pair's name
        eb.and([eb('key', '>=', `pair:${username}|`), eb('key', '<', `pair:${username}}`)]),
      ]),
    )
    .execute()
}

/** Rows whose window began before `before` say nothing any more. */
export async function deleteOldThrottles(db: Db, before: string): Promise<void> {
  await db.deleteFrom('sign_in_throttle').where('window_started_at', '<', before).execute()
}
