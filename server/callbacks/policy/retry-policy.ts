import type { AttemptOutcome } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../../time.ts'

const MINUTE_MS = 60_000

/** How long after an attempt the customer is tried again; the number of times is CALLBACK_RETRIES. */
const RETRY_AFTER_MINUTES: Partial<Record<AttemptOutcome, number>> = {
  busy: 5,
  trunk_fault: 5,
  no_answer: 15,
}

/** When the next attempt by itself would be due, for an attempt that ended so at `endedAt`. */
export function retryAt(outcome: AttemptOutcome, endedAt: Instant): Instant {
  return plusMs(endedAt, (RETRY_AFTER_MINUTES[outcome] ?? 0) * MINUTE_MS)
}
