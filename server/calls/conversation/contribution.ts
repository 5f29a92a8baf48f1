import type { CallDirection, CallOutcome } from '#contract/calls.ts'
import type { Instant } from '#contract/primitives.ts'

/** What a day's counters of one queue gain by one call. */
export interface Contribution {
  offered: number
  answered: number
  abandoned: number
  /** Left by key, to be called back. */
  asked: number
}

/** What decides it: of a `Call`, or of a group of stored calls that are alike in these four. */
export interface CountedCall {
  direction: CallDirection
  /** The queue of first entry: the only one that counts the call. */
  queue: string | null
  ticketMomentAt: Instant | null
  outcome: CallOutcome | null
}

export const NO_CONTRIBUTION: Contribution = { offered: 0, answered: 0, abandoned: 0, asked: 0 }

/**
 * What one call adds to the counters of its queue of first entry: offered once it entered, answered
 * by its first confirmed answer by an agent (the moment a ticket opens), abandoned when the caller
 * hung up before that, asked when the caller left by key to be called back. Direct calls and callbacks count in no queue.
 */
export function contribution(call: CountedCall): Contribution {
  if (call.direction !== 'inbound' || call.queue === null) return NO_CONTRIBUTION
  const isAnswered = call.ticketMomentAt !== null
  return {
    offered: 1,
    answered: isAnswered ? 1 : 0,
    abandoned: call.outcome === 'abandoned' ? 1 : 0,
    asked: !isAnswered && call.outcome === 'asked' ? 1 : 0,
  }
}

export function sameContribution(one: Contribution, two: Contribution): boolean {
  return (
    one.offered === two.offered &&
    one.answered === two.answered &&
    one.abandoned === two.abandoned &&
    one.asked === two.asked
  )
}
