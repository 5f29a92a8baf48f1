import type { AttemptOutcome, CallbackStatus } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { EndSource } from '../attempt-outcome.ts'

/** Which attempt a word is about. */
export interface AttemptRef {
  number: number
  submittedAt: Instant
}

export interface AttemptEnded {
  type: 'attempt_ended'
  attempt: AttemptRef
  outcome: AttemptOutcome
  source: EndSource
  /** When it is tried again by itself, should the rules say so, and how often that may be. */
  retry: { most: number; at: Instant }
  /** Nobody owns the promise: whoever of its team is free dials it. */
  isTeams?: boolean
}

/** How often a promise was tried: in all, and again by itself since a person last chose its time. */
export interface TriedPromise {
  attempts: number
  /** After attempts that rang the customer. */
  retries: number
  /** After attempts that the trunk or the PBX spoiled. */
  faults: number
}

export interface AfterEnd {
  status: CallbackStatus
  waitingFor?: 'pbx'
  dueAt?: Instant
  retries?: number
  faults?: number
  assigneeId?: null
  cancelReason?: string
}

/** Why a promise is cancelled whose last try was in vain (`process.md` row 9). */
export const NOT_REACHED = 'not_reached'

/** A promise whose attempts are spoiled so often is given to a person. */
const MOST_FAULTS = 5

/**
 * An attempt that disturbed nobody is tried again at once, one that the trunk or the PBX spoiled soon,
 * and one whose customer could not be had as often and as late as the policy says; every other failure
 * stays visible as `failed` until a person dials, reschedules or, for a number that is nobody's, promises
 * a call to another one.
 */
export function afterEnd(promise: TriedPromise, event: AttemptEnded): AfterEnd {
  const { outcome, source, retry } = event
  switch (outcome) {
    case 'reached':
      return { status: 'done' }
    case 'not_placed':
      return afterNothing(promise, source)
    case 'expired':
      return afterFault(promise)
    case 'pbx_lost':
    case 'trunk_fault':
      return afterFault(promise, retry.at)
    case 'place_lost':
      return { status: 'scheduled', dueAt: retry.at }
    case 'busy':
    case 'no_answer':
    case 'rejected':
    case 'not_accepted':
    case 'left_waiting':
      if (promise.retries >= retry.most) return { status: 'failed' }
      return { status: 'scheduled', dueAt: retry.at, retries: promise.retries + 1 }
    case 'bad_number':
    case 'agent_no_answer':
    case 'abandoned_by_agent':
    case 'not_confirmed':
    case 'forwarded':
    case 'picked_up':
      return { status: 'failed' }
  }
}

function afterNothing(promise: TriedPromise, source: EndSource): AfterEnd {
  switch (source) {
    case 'not_written':
      return { status: 'scheduled', waitingFor: 'pbx' }
    case 'no_trace':
      return afterFault(promise)
    case 'evidence':
    case 'trace_lost':
    case 'refused':
      return { status: 'failed' }
  }
}

/** Tried again at `at`; at once when left out. */
function afterFault(promise: TriedPromise, at?: Instant): AfterEnd {
  const faults = promise.faults + 1
  if (faults >= MOST_FAULTS) return { status: 'failed', faults }
  return { status: 'scheduled', faults, ...(at === undefined ? {} : { dueAt: at }) }
}
