import type { AttemptOutcome } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../../time.ts'
import { type DayHours, intoHours } from './calling-hours.ts'

const MINUTE_MS = 60_000

/**
 * How many minutes after the end of an attempt the customer is tried again, the first time and later.
 * Every outcome that rang the customer is row 8 of `process.md`; what the trunk or the PBX spoiled comes
 * back soon and does not count. An outcome that is not here is not tried again by this plan.
 */
const RETRY_AFTER: Partial<Record<AttemptOutcome, { first: number; later: number }>> = {
  no_answer: { first: 15, later: 60 },
  rejected: { first: 15, later: 60 },
  busy: { first: 5, later: 5 },
  not_accepted: { first: 15, later: 60 },
  left_waiting: { first: 5, later: 5 },
  trunk_fault: { first: 2, later: 2 },
  pbx_lost: { first: 2, later: 2 },
}

/**
 * When the next attempt by itself would be due, for an attempt that ended so at `endedAt` after so many
 * retries: within the calling hours, as what was agreed with the customer was one moment alone.
 */
export function retryAt(
  hours: DayHours,
  { outcome, endedAt, retries }: { outcome: AttemptOutcome; endedAt: Instant; retries: number },
): Instant {
  const { first, later } = RETRY_AFTER[outcome] ?? { first: 0, later: 0 }
  return intoHours(hours, plusMs(endedAt, (retries === 0 ? first : later) * MINUTE_MS))
}

/**
 * When row 8 of `process.md` calls again, which says `dueAt`: a line that was busy is free sooner, and who
 * pressed 1 and waited for us in vain is at the telephone.
 */
export function retryInProcess(
  hours: DayHours,
  outcome: AttemptOutcome | null,
  { now, dueAt }: { now: Instant; dueAt: Instant },
): Instant {
  if (outcome === 'busy' || outcome === 'left_waiting')
    return retryAt(hours, { outcome, endedAt: now, retries: 0 })
  return intoHours(hours, dueAt)
}
