import type { AttemptOutcome } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../../time.ts'

const MINUTE_MS = 60_000

/**
 * How long after an attempt the customer is tried again, the first time and later; the number of times
 * is CALLBACK_RETRIES. For a ticket that waits for its callback row 8 of `process.md` stands above both.
 */
const RETRY_AFTER_MINUTES: Partial<Record<AttemptOutcome, { first: number; later: number }>> = {
  busy: { first: 15, later: 60 },
  no_answer: { first: 15, later: 60 },
  trunk_fault: { first: 5, later: 5 },
}

/** When the next attempt by itself would be due, for an attempt that ended so at `endedAt` after so many retries. */
export function retryAt(outcome: AttemptOutcome, endedAt: Instant, retries: number): Instant {
  const { first, later } = RETRY_AFTER_MINUTES[outcome] ?? { first: 0, later: 0 }
  return plusMs(endedAt, (retries === 0 ? first : later) * MINUTE_MS)
}
