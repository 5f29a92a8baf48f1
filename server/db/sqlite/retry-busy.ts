import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'

/** How long a statement or a transaction tries in all before its caller hears that SQLite is busy. */
export const BUSY_LIMIT_MS = 5_000
const FIRST_PAUSE_MS = 2
const LONGEST_PAUSE_MS = 25

/** The moment, on the monotonic clock, at which a wait that begins now is given up. */
export function busyDeadline(limitMs: number = BUSY_LIMIT_MS): number {
  return performance.now() + limitMs
}

/**
 * Tries until no other program holds the lock, at least once, and lets the event loop turn in
 * between: SQLite's own `busy_timeout` would stop it. Throws the last SQLITE_BUSY after `deadline`.
 */
export async function retryBusy<T>(
  attempt: () => T,
  deadline = busyDeadline(),
  pause: (ms: number) => Promise<unknown> = sleep,
): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() + pauseMs > deadline) throw error
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      await pause(pauseMs)
    }
  }
}

/** Whether another connection or program holds the lock that the statement needs. */
export function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)
}
