import type { AttemptOutcome, CallbackStatus } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { NOT_REACHED } from '../policy/after-attempt.ts'
import type { AskedMark } from '../policy/asked-mark.ts'
import { whyNot } from '../policy/possible.ts'

/** What of a promise decides what a person's word makes of it. */
interface Spoken {
  status: CallbackStatus
  attempts: number
  retries: number
  cancelReason: string | null
  asked: AskedMark | null
  version: number
}

/** When it is tried again by itself, should the word say so, and how often that may be. */
export interface Retry {
  most: number
  at: Instant
}

interface AfterWord {
  status?: CallbackStatus
  dueAt?: Instant
  retries?: number
  cancelReason?: string | null
  asked: AskedMark | null
  waitingFor?: null
  version: number
}

/**
 * A person's word stands above the PBX's, which cannot tell an answering machine from a customer: the
 * promise is kept and nothing more is dialled, or it goes on with its retry plan. What waits for its
 * next try already waits on, with the "dial now" that somebody gave it. Every word is news, so that the
 * same word given twice is given once.
 */
export function afterWord(
  promise: Spoken,
  { outcome, retry }: { outcome: AttemptOutcome; retry?: Retry },
): AfterWord | { refused: string } {
  const { status, attempts, cancelReason } = promise
  if (status === 'cancelled' && cancelReason !== NOT_REACHED) {
    return { refused: whyNot(status, 'given an outcome') }
  }
  if (attempts === 0 && outcome !== 'reached') {
    return { refused: 'the promise was never dialled: it can only be said to be kept' }
  }
  const version = promise.version + 1
  const over = { asked: null, waitingFor: null, version }
  if (outcome === 'reached') return { ...over, status: 'done', cancelReason: null }
  if (status === 'cancelled') return over
  if (outcome === 'bad_number') return { ...over, status: 'failed' }
  if (status === 'scheduled') {
    return { asked: promise.asked && { ...promise.asked, version }, version }
  }
  if (retry === undefined || promise.retries >= retry.most) return { ...over, status: 'failed' }
  return { ...over, status: 'scheduled', dueAt: retry.at, retries: promise.retries + 1 }
}
