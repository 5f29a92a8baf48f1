import type { Instant } from '#contract/primitives.ts'

/** "Dial now": who pressed it, when, and for which version of the promise. */
export interface AskedMark {
  at: Instant
  version: number
  by: string
}

/** A person who asked and was not rung by then has gone on to something else. */
export const ASKED_LASTS_MS = 5 * 60_000

/**
 * Whether the assignee's "dial now" still stands, so that a pause of theirs does not hold it back:
 * for the version it was asked for, and for minutes. Anybody else's only makes the promise due.
 */
export function isAskedFor(
  promise: { asked: AskedMark | null; assigneeId: string | null; version: number },
  now: Instant,
): boolean {
  const { asked: mark, assigneeId, version } = promise
  if (mark === null || mark.by !== assigneeId || mark.version !== version) return false
  const ageMs = Date.parse(now) - Date.parse(mark.at)
  return ageMs >= 0 && ageMs < ASKED_LASTS_MS
}
