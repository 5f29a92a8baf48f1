import type { Instant } from '#contract/primitives.ts'
import type { AttemptRef } from './after-attempt.ts'

/** What of a promise tells whether it has left an attempt behind. */
interface Tried {
  attempts: number
  dueAt: Instant
  retries: number
  faults: number
  asked: { at: Instant } | null
}

/** Another attempt followed, or a person chose another time or asked for a call after this one. */
export function hasMovedOn(promise: Tried, attempt: AttemptRef): boolean {
  const { attempts, dueAt, retries, faults, asked: mark } = promise
  if (attempt.number !== attempts) return true
  // Every choice of a person begins the retries anew: with one, the time is the retry's.
  if (retries + faults === 0 && dueAt > attempt.submittedAt) return true
  return mark !== null && mark.at > attempt.submittedAt
}
