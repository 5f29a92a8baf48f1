import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../../time.ts'

/**
 * So late the clock dials no promise by itself any more: a person decides what is still owed. What could
 * not be dialled on its day has the whole next one.
 */
const EXPIRES_AFTER_MS = 48 * 60 * 60_000

/** Whether a promise is too late for the clock, `askedAt` being when a person last wanted it dialled. */
export function isExpired(
  { dueAt, askedAt }: { dueAt: Instant; askedAt: Instant | null },
  now: Instant,
): boolean {
  const before = expiredBefore(now)
  return dueAt <= before && (askedAt === null || askedAt <= before)
}

/** What was due then, or before, has expired. */
export function expiredBefore(now: Instant): Instant {
  return plusMs(now, -EXPIRES_AFTER_MS)
}
