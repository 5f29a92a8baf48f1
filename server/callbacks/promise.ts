import type {
  AttemptOutcome,
  CallbackStatus,
  PromiseVerdict,
  WaitingFor,
} from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { type Step, type StepEvent, stepOf } from './promise-step.ts'
import {
  afterEnd,
  type AttemptEnded,
  type AttemptRef,
  NOT_REACHED,
} from './policy/after-attempt.ts'
import { afterTeamEnd } from './missed/after-team-attempt.ts'

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
  asked: AskedMark | null
  cancelReason: string | null
  /** The moment that was promised: retries move `dueAt` alone. */
  promisedFor: Instant
  /** The customer chose this moment: calling hours do not bind it. */
  agreed: boolean
  firstAttemptAt: Instant | null
  /** Null while it is open. */
  verdict: PromiseVerdict | null
  /** Grows with every change that whoever read the promise must know of. */
  version: number
}

/** "Dial now": who pressed it, when, and for which version of the promise. */
export interface AskedMark {
  at: Instant
  version: number
  by: string
}

export type PromiseEvent =
  | { type: 'made'; dueAt: Instant; assigneeId: string | null; agreed?: boolean }
  /** A person chose another time. */
  | { type: 'moved'; dueAt: Instant }
  /** A person pressed "dial now"; `takes`: for a promise of their team, on their own phone. */
  | { type: 'asked'; at: Instant; by: string; takes?: boolean }
  | { type: 'handed_over'; assigneeId: string }
  | { type: 'cancelled'; reason: string }
  | StepEvent
  | AttemptEnded
  /** Evidence that came after the end of its attempt and knows it better. */
  | { type: 'corrected'; attempt: AttemptRef; outcome: AttemptOutcome }
  /** A person said how its last attempt went, or that the customer needs no call any more. */
  | { type: 'outcome_given'; outcome: AttemptOutcome }
  /** The process calls a customer again who was not reached (`process.md` row 8). */
  | { type: 'retried'; dueAt: Instant }
  /** It gave way to another promise of its ticket, which has left the ticket again. */
  | { type: 'restored'; dueAt: Instant }
  /** It was "being dialled" and has no attempt that lives; one of a team is nobody's again. */
  | { type: 'expired'; isTeams?: boolean }

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

/** From these a person may act: `failed` waits for a person, so all is open to it. */
const WAITING: readonly CallbackStatus[] = ['scheduled', 'failed']
const ANY: readonly CallbackStatus[] = ['scheduled', 'dialing', 'failed', 'done', 'cancelled']

type Change = Exclude<PromiseEvent['type'], 'made'>

/** From which states an event is possible, and its participle for the refusal. */
const POSSIBLE: Record<Change, { from: readonly CallbackStatus[]; verb: string }> = {
  moved: { from: WAITING, verb: 'rescheduled' },
  asked: { from: WAITING, verb: 'dialled' },
  handed_over: { from: WAITING, verb: 'handed over' },
  cancelled: { from: WAITING, verb: 'cancelled' },
  claimed: { from: ['scheduled'], verb: 'claimed' },
  given_back: { from: ['dialing'], verb: 'given back' },
  held_up: { from: ['scheduled'], verb: 'held up' },
  attempt_ended: { from: ANY, verb: 'ended' },
  corrected: { from: ANY, verb: 'corrected' },
  retried: { from: WAITING, verb: 'tried again' },
  outcome_given: { from: ['scheduled', 'failed', 'done'], verb: 'given an outcome' },
  restored: { from: ['cancelled'], verb: 'restored' },
  expired: { from: ['dialing'], verb: 'given to a person' },
}

/**
 * What becomes of a promise; `null` is one that is not yet there. The same object comes back when
 * the event changes nothing, as a late word about an attempt that the promise has left behind.
 */
export function next(promise: PromiseState | null, event: PromiseEvent): PromiseState | Refused {
  if (event.type === 'made') {
    return promise === null ? newPromise(event) : { refused: 'the promise is made already' }
  }
  const { from, verb } = POSSIBLE[event.type]
  if (promise === null) return { refused: `there is no promise to be ${verb}` }
  if (!from.includes(promise.status)) return { refused: whyNot(promise.status, verb) }
  return changedBy(promise, event)
}

export function isRefused(result: PromiseState | Refused): result is Refused {
  return 'refused' in result
}

function newPromise(made: Extract<PromiseEvent, { type: 'made' }>): PromiseState {
  const { dueAt, assigneeId, agreed = false } = made
  const nothing = { waitingFor: null, asked: null, cancelReason: null }
  const unkept = { promisedFor: dueAt, agreed, firstAttemptAt: null, verdict: null }
  const counts = { attempts: 0, retries: 0, version: 1 }
  return { status: 'scheduled', dueAt, assigneeId, ...counts, ...unkept, ...nothing }
}

function whyNot(status: CallbackStatus, verb: string): string {
  switch (status) {
    case 'dialing':
      return `the promise is being dialled now and cannot be ${verb} before the attempt has ended`
    case 'done':
      return `the promise is kept (done) and cannot be ${verb}`
    case 'cancelled':
      return `the promise is cancelled and cannot be ${verb}`
    case 'scheduled':
    case 'failed':
      return `the promise is ${status} and cannot be ${verb}`
  }
}

function changedBy(
  promise: PromiseState,
  event: Exclude<PromiseEvent, { type: 'made' }>,
): PromiseState | Refused {
  switch (event.type) {
    case 'moved':
      return changed(promise, { status: 'scheduled', dueAt: event.dueAt, retries: 0 })
    case 'asked':
      return asked(promise, event)
    case 'handed_over':
      return changed(promise, { assigneeId: event.assigneeId })
    case 'cancelled':
      return changed(promise, { status: 'cancelled', cancelReason: event.reason })
    case 'claimed':
    case 'given_back':
    case 'held_up':
      return stepped(promise, stepOf(event))
    case 'attempt_ended':
      return ended(promise, event)
    case 'corrected':
      return corrected(promise, event)
    case 'outcome_given':
      return withOutcome(promise, event.outcome)
    case 'retried':
      return retried(promise, event.dueAt)
    case 'restored':
      return changed(promise, { status: 'scheduled', dueAt: event.dueAt, cancelReason: null })
    case 'expired':
      return changed(promise, {
        status: 'failed',
        ...(event.isTeams === true ? { assigneeId: null } : {}),
      })
  }
}

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
    retries: 0,
    ...(takes ? { assigneeId: by } : {}),
    dueAt: promise.dueAt < at ? promise.dueAt : at,
    asked: { at, by, version: promise.version + 1 },
  })
}

/** The time is the process's, for one retry more than those that CALLBACK_RETRIES gave it already. */
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

/**
 * A person's word stands above the PBX's, which cannot tell an answering machine from a customer:
 * the promise is kept, or open again and theirs to decide.
 */
function withOutcome(promise: PromiseState, outcome: AttemptOutcome): PromiseState | Refused {
  if (promise.attempts === 0 && outcome !== 'reached') {
    return { refused: 'the promise was never dialled: it can only be said to be kept' }
  }
  const status = outcome === 'reached' ? 'done' : 'failed'
  return promise.status === status ? promise : changed(promise, { status })
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
  if (outcome === 'not_placed' || promise.status === 'failed') return promise
  return changed(promise, { status: 'failed' })
}

/** Another attempt followed, or a person chose another time or asked for a call after this one. */
function hasMovedOn(promise: PromiseState, attempt: AttemptRef): boolean {
  const { attempts, dueAt, retries, asked: mark } = promise
  if (attempt.number !== attempts) return true
  // Every choice of a person begins the retries anew: with one, the time is the retry's.
  if (retries === 0 && dueAt > attempt.submittedAt) return true
  return mark !== null && mark.at > attempt.submittedAt
}

/** A person who asked and was not rung by then has gone on to something else. */
export const ASKED_LASTS_MS = 5 * 60_000

/**
 * Whether the assignee's "dial now" still stands, so that a pause of theirs does not hold it back:
 * for the version it was asked for, and for minutes. Anybody else's only makes the promise due.
 */
export function isAskedFor(
  promise: Pick<PromiseState, 'asked' | 'assigneeId' | 'version'>,
  now: Instant,
): boolean {
  const { asked: mark, assigneeId, version } = promise
  if (mark === null || mark.by !== assigneeId || mark.version !== version) return false
  const ageMs = Date.parse(now) - Date.parse(mark.at)
  return ageMs >= 0 && ageMs < ASKED_LASTS_MS
}
