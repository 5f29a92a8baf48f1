import type { AttemptOutcome, PromiseVerdict } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { addDays, localDay, startOfLocalDay } from '../../calendar/working-days.ts'
import { laterOf, plusMs } from '../../time.ts'
import { type DayHours, windowOf } from './calling-hours.ts'

/** As late as this an attempt still keeps the promise (`process.md` §5). */
export const GRACE_MS = 60_000

/** What a verdict is made of. */
export interface Judgeable {
  promisedFor: Instant
  /** Null: made by a release that kept no ledger, and never judged. */
  lateUntil: Instant | null
  /** The earliest attempt that counts. */
  firstAttemptAt: Instant | null
  verdict: PromiseVerdict | null
}

type Judged = Pick<Judgeable, 'firstAttemptAt' | 'verdict'>

/**
 * Until when a promise of this moment is merely late: the end of that day's calling hours, or of the
 * day itself for a moment that was agreed on after them.
 */
export function lateUntilOf(promisedFor: Instant, hours: DayHours): Instant {
  const day = localDay(promisedFor)
  const midnight = startOfLocalDay(addDays(day, 1))
  const grace = plusMs(promisedFor, GRACE_MS)
  const end = windowOf(hours, day).closes
  const bound = end > grace ? end : midnight
  return bound > grace ? bound : grace
}

/** The verdict of a promise whose customer was first called, or called us, at this moment. */
function verdictAt(
  { promisedFor, lateUntil }: Pick<Judgeable, 'promisedFor' | 'lateUntil'>,
  at: Instant,
): PromiseVerdict | null {
  if (lateUntil === null) return null
  if (at <= plusMs(promisedFor, GRACE_MS)) return 'kept'
  return at < lateUntil ? 'late' : 'broken'
}

/**
 * Whether an attempt was really made: the order reached the PBX, and its channel was there. A place in a
 * queue is none before an agent comes.
 */
function isAttempt(outcome: AttemptOutcome): boolean {
  return outcome !== 'not_placed' && outcome !== 'place_lost'
}

/**
 * What the end of an attempt, or a later word of it, says of the promise. The dialler is never early,
 * so an attempt before the moment was asked for by hand and keeps it.
 */
function judgedByAttempt(
  promise: Judgeable,
  { submittedAt }: { submittedAt: Instant },
  outcome: AttemptOutcome,
): Judged {
  const { firstAttemptAt: before, verdict } = promise
  if (!isAttempt(outcome)) {
    return before === submittedAt
      ? { firstAttemptAt: null, verdict: null }
      : { firstAttemptAt: before, verdict }
  }
  const firstAttemptAt = before === null || submittedAt < before ? submittedAt : before
  return { firstAttemptAt, verdict: verdictAt(promise, firstAttemptAt) }
}

/** A person says that the customer was reached, without any attempt of ours: then, at the latest. */
export function judgedByWord(promise: Judgeable, at: Instant): Judged {
  const { firstAttemptAt, verdict } = promise
  const isJudged = firstAttemptAt !== null || verdict !== null
  return { firstAttemptAt, verdict: isJudged ? verdict : verdictAt(promise, at) }
}

/** Why a promise is cancelled that the customer's own call, or another promise, made needless. */
export const SUPERSEDED = 'superseded'

/**
 * The promise ends without an attempt. While it could still be kept it is not counted; afterwards a
 * customer who called us was served late, and one whose promise was merely given up never was.
 */
export function judgedByEnd(
  promise: Judgeable,
  { at, reason }: { at: Instant; reason: string },
): Judged {
  const isSuperseded = reason === SUPERSEDED
  const { firstAttemptAt, verdict } = promise
  const found = verdictAt(promise, at)
  if (firstAttemptAt !== null || verdict !== null || found === null) {
    return { firstAttemptAt, verdict }
  }
  if (found === 'kept') {
    return { firstAttemptAt, verdict: isSuperseded ? 'superseded' : 'cancelled' }
  }
  return { firstAttemptAt, verdict: isSuperseded ? found : 'broken' }
}

/** As before it was superseded, when that is taken back: judged by its attempts alone. */
export function judgedAnew(promise: Judgeable): Judged {
  const { firstAttemptAt } = promise
  return {
    firstAttemptAt,
    verdict: firstAttemptAt === null ? null : verdictAt(promise, firstAttemptAt),
  }
}

/** The hours in which it could be kept are over. What is being dialled waits for its attempt. */
export function judgedByDay(promise: Judgeable, at: Instant): Judged {
  const { firstAttemptAt, verdict, lateUntil } = promise
  const isOver = verdict === null && lateUntil !== null && at >= lateUntil
  return { firstAttemptAt, verdict: isOver ? 'broken' : verdict }
}

/** A person's choice of another time, at `at`. */
interface Move {
  dueAt: Instant
  at: Instant
  lateUntil: Instant
  /** The customer agreed to it. */
  agreed?: boolean
}

/**
 * Another time is another promise only before the moment or when the customer agreed to it, and while
 * nobody has tried.
 */
export function afterMove(promise: Judgeable, { dueAt, at, lateUntil, agreed = false }: Move) {
  const isUntried = promise.verdict === null && promise.firstAttemptAt === null
  const isAnother = isUntried && (agreed || at <= promise.promisedFor)
  const promised = isAnother ? { promisedFor: dueAt, lateUntil } : {}
  return { status: 'scheduled' as const, dueAt, retries: 0, agreed, ...promised }
}

/**
 * Closing time came before the turn of whoever was promised a call in it: what nobody tried is a promise
 * for another moment from then on, and judged by that.
 */
export function afterClosing(
  promise: Judgeable & { dueAt: Instant },
  { dueAt, lateUntil }: { dueAt: Instant; lateUntil: Instant },
): (Pick<Judgeable, 'promisedFor' | 'lateUntil'> & { dueAt: Instant }) | null {
  if (promise.verdict !== null || promise.firstAttemptAt !== null) return null
  return { dueAt: laterOf(promise.dueAt, dueAt), promisedFor: dueAt, lateUntil }
}

/** The same object when it is judged so already. */
export function withVerdict<T extends Judgeable>(promise: T, found: Judged): T {
  const { firstAttemptAt, verdict } = promise
  const isSame = firstAttemptAt === found.firstAttemptAt && verdict === found.verdict
  return isSame ? promise : { ...promise, ...found }
}

/** What became of it, with what an attempt says of keeping it: news also where nothing else is new. */
export function withAttempt<T extends Judgeable & { version: number }>(
  before: T,
  after: T,
  { attempt, outcome }: { attempt: { submittedAt: Instant }; outcome: AttemptOutcome },
): T {
  const told = withVerdict(after, judgedByAttempt(before, attempt, outcome))
  return told !== after && after === before ? { ...told, version: before.version + 1 } : told
}
