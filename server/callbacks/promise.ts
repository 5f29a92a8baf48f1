import type {
  AttemptOutcome,
  CallbackStatus,
  PromiseVerdict,
  WaitingFor,
} from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { AskedMark } from './policy/asked-mark.ts'
import { type Step, type StepEvent, stepOf } from './promise-step.ts'
import { isAskedFor } from './policy/asked-mark.ts'
import { isExpired } from './policy/expiry.ts'
import {
  afterEnd,
  type AttemptEnded,
  type AttemptRef,
  NOT_REACHED,
} from './policy/after-attempt.ts'
import { afterTeamEnd } from './missed/after-team-attempt.ts'
import { afterWord, type Retry } from './word/after-word.ts'
import { hasMovedOn } from './policy/moved-on.ts'
import { POSSIBLE, WAITING, whyNot } from './policy/possible.ts'
import {
  afterClosing,
  afterMove,
  judgedAnew,
  withAttempt,
  judgedByDay,
  judgedByEnd,
  judgedByWord,
  withVerdict,
} from './policy/verdict.ts'

/** What the rules know of a promise; `next` alone says what becomes of it. */
export interface PromiseState {
  status: CallbackStatus
  dueAt: Instant
  /** Null: whoever of its team is free. */
  assigneeId: string | null
  waitingFor: WaitingFor | null
  /** Attempts that were stored: the number of the last one. */
  attempts: number
  /** How often it was tried again by itself since a person last chose its time. */
  retries: number
  /** How many of its attempts the trunk or the PBX spoiled since then. */
  faults: number
  asked: AskedMark | null
  cancelReason: string | null
  /** The moment that was promised: retries move `dueAt` alone. */
  promisedFor: Instant
  /** The customer chose this moment: calling hours do not bind it. */
  agreed: boolean
  /** Until when it is merely late; null: of a release that kept no ledger, and never judged. */
  lateUntil: Instant | null
  /** The first attempt that was really made, known at its end. */
  firstAttemptAt: Instant | null
  /** Null until it is known: by the first attempt, the end of the promise, or of the day's hours. */
  verdict: PromiseVerdict | null
  /** Grows with every change that whoever read the promise must know of. */
  version: number
}

export type PromiseEvent =
  | {
      type: 'made'
      dueAt: Instant
      assigneeId: string | null
      lateUntil: Instant
      agreed?: boolean
    }
  /** A person chose another time, at `at`; `agreed`: with the customer. */
  | { type: 'moved'; dueAt: Instant; at: Instant; lateUntil: Instant; agreed?: boolean }
  /** A person pressed "dial now"; `takes`: for a promise of their team, on their own phone. */
  | { type: 'asked'; at: Instant; by: string; takes?: boolean }
  | { type: 'handed_over'; assigneeId: string }
  /** The queue gave this agent to the caller who kept a place in it. */
  | { type: 'connected'; assigneeId: string }
  | { type: 'cancelled'; reason: string; at: Instant }
  | StepEvent
  | AttemptEnded
  /** Evidence that came after the end of its attempt and knows it better. */
  | { type: 'corrected'; attempt: AttemptRef; outcome: AttemptOutcome }
  /**
   * A person said how its last attempt went, or that the customer needs no call any more: then it has
   * no attempt.
   */
  | {
      type: 'outcome_given'
      outcome: AttemptOutcome
      at: Instant
      attempt: AttemptRef | null
      /** Left out: it is not tried again by itself. */
      retry?: Retry
    }
  /** The process calls a customer again who was not reached (`process.md` row 8). */
  | { type: 'retried'; dueAt: Instant }
  /** It gave way to another promise of its ticket, which has left the ticket again. */
  | { type: 'restored'; dueAt: Instant }
  /** It was "being dialled" and has no attempt that lives; one of a team is nobody's again. */
  | { type: 'expired'; isTeams?: boolean }
  /** The clock came to it, perhaps so late that a person must decide. */
  | { type: 'too_late'; now: Instant }
  /** The calling hours of the promised day are over. */
  | { type: 'day_over'; at: Instant }
  /** Closing time came before the turn in which it was promised: it is for this moment now. */
  | { type: 'closed'; dueAt: Instant; lateUntil: Instant }

/** One sentence: the state, what was wanted, and why not. */
export interface Refused {
  refused: string
}

/** States that still ask something of somebody: what the ledger shows as open. */
export const OPEN_STATUSES = [
  'scheduled',
  'dialing',
  'failed',
] as const satisfies readonly CallbackStatus[]

/**
 * What becomes of a promise; `null` is one that is not yet there. The same object comes back when
 * the event changes nothing, as a late word about an attempt that the promise has left behind.
 */
export function next(promise: PromiseState | null, event: PromiseEvent): PromiseState | Refused {
  if (event.type === 'made') {
    return promise === null ? newPromise(event) : { refused: 'the promise is made already' }
  }
  const { from, verb }: { from: readonly CallbackStatus[]; verb: string } = POSSIBLE[event.type]
  if (promise === null) return { refused: `there is no promise to be ${verb}` }
  if (!from.includes(promise.status)) return { refused: whyNot(promise.status, verb) }
  return changedBy(promise, event)
}

export function isRefused(result: PromiseState | Refused): result is Refused {
  return 'refused' in result
}

function newPromise(made: Extract<PromiseEvent, { type: 'made' }>): PromiseState {
  const { dueAt, assigneeId, lateUntil, agreed = false } = made
  const nothing = { waitingFor: null, asked: null, cancelReason: null }
  const unkept = { promisedFor: dueAt, agreed, lateUntil, firstAttemptAt: null, verdict: null }
  const counts = { attempts: 0, retries: 0, faults: 0, version: 1 }
  return { status: 'scheduled', dueAt, assigneeId, ...counts, ...unkept, ...nothing }
}

function changedBy(
  promise: PromiseState,
  event: Exclude<PromiseEvent, { type: 'made' }>,
): PromiseState | Refused {
  switch (event.type) {
    case 'moved':
      return changed(promise, { ...afterMove(promise, event), ...UNTRIED })
    case 'asked':
      return asked(promise, event)
    case 'handed_over':
    case 'connected':
      return changed(promise, { assigneeId: event.assigneeId })
    case 'cancelled':
      return changed(promise, {
        status: 'cancelled',
        cancelReason: event.reason,
        ...judgedByEnd(promise, event),
      })
    case 'claimed':
    case 'given_back':
    case 'held_up':
      return stepped(promise, stepOf(event))
    case 'attempt_ended':
      return withAttempt(promise, ended(promise, event), event)
    case 'corrected':
      return withAttempt(promise, corrected(promise, event), event)
    case 'outcome_given':
      return outcomeGiven(promise, event)
    case 'retried':
      return retried(promise, event.dueAt)
    case 'restored':
      return changed(promise, {
        status: 'scheduled',
        dueAt: event.dueAt,
        cancelReason: null,
        ...judgedAnew(promise),
      })
    case 'expired':
      return changed(promise, {
        status: 'failed',
        ...(event.isTeams === true ? { assigneeId: null } : {}),
      })
    case 'too_late': {
      const { dueAt, asked: mark } = promise
      const isLate = isExpired({ dueAt, askedAt: mark?.at ?? null }, event.now)
      return isLate ? changed(promise, { status: 'failed' }) : promise
    }
    case 'closed':
      return closed(promise, event)
    case 'day_over':
      return withVerdict(promise, judgedByDay(promise, event.at))
  }
}

function closed(
  promise: PromiseState,
  event: Extract<PromiseEvent, { type: 'closed' }>,
): PromiseState {
  const dated = afterClosing(promise, event)
  return dated === null ? promise : changed(promise, dated)
}

/** A person chose its time: what was tried by itself counts no more. */
const UNTRIED = { retries: 0, faults: 0 }

/** A change that people must know of: it ends the waiting and every "dial now" before it. */
function changed(promise: PromiseState, change: Partial<PromiseState>): PromiseState {
  const version = promise.version + 1
  return { ...promise, waitingFor: null, asked: null, version, ...change }
}

/** A promise that is late already keeps its place before the others. */
function asked(
  promise: PromiseState,
  { at, by, takes = false }: { at: Instant; by: string; takes?: boolean },
): PromiseState | Refused {
  if (takes && promise.assigneeId !== by && isAskedFor(promise, at)) {
    return { refused: 'somebody else has taken the promise and is being rung for it' }
  }
  return changed(promise, {
    status: 'scheduled',
    ...UNTRIED,
    ...(takes ? { assigneeId: by } : {}),
    dueAt: promise.dueAt < at ? promise.dueAt : at,
    asked: { at, by, version: promise.version + 1 },
  })
}

/** The time is the process's, for one retry more than those that the retry plan gave it already. */
function retried(promise: PromiseState, dueAt: Instant): PromiseState {
  const { status, retries } = promise
  if (status === 'scheduled' && promise.dueAt === dueAt) return promise
  return changed(promise, {
    status: 'scheduled',
    dueAt,
    retries: status === 'failed' ? retries + 1 : retries,
  })
}

function stepped(promise: PromiseState, step: Step): PromiseState {
  return {
    ...promise,
    ...step.set,
    attempts: promise.attempts + step.attempts,
    version: promise.version + step.version,
  }
}

function ended(promise: PromiseState, event: AttemptEnded): PromiseState {
  if (promise.status !== 'dialing') return corrected(promise, event)
  if (event.attempt.number !== promise.attempts) return promise
  const after = afterEnd(promise, event)
  return changed(promise, event.isTeams === true ? afterTeamEnd(promise, event, after) : after)
}

function outcomeGiven(
  promise: PromiseState,
  event: Extract<PromiseEvent, { type: 'outcome_given' }>,
): PromiseState | Refused {
  const { attempt, outcome, at } = event
  const after = afterWord(promise, event)
  if ('refused' in after) return after
  const told = { ...promise, ...after }
  if (attempt !== null) return withAttempt(promise, told, { attempt, outcome })
  return withVerdict(told, judgedByWord(promise, at))
}

/**
 * A late word moves only a promise that is as its attempt left it: kept when the customer was
 * reached, given to a person when somebody was disturbed.
 */
function corrected(
  promise: PromiseState,
  { attempt, outcome }: { attempt: AttemptRef; outcome: AttemptOutcome },
): PromiseState {
  const isGivenUp = promise.status === 'cancelled' && promise.cancelReason === NOT_REACHED
  if (isGivenUp && outcome === 'reached' && attempt.number === promise.attempts) {
    return changed(promise, { status: 'done', cancelReason: null })
  }
  if (!WAITING.includes(promise.status) || hasMovedOn(promise, attempt)) return promise
  if (outcome === 'reached') return changed(promise, { status: 'done' })
  const isUndisturbed = outcome === 'not_placed' || outcome === 'place_lost'
  if (isUndisturbed || promise.status === 'failed') return promise
  return changed(promise, { status: 'failed' })
}
