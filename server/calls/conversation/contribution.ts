import {
  type CallCounts,
  NO_CALLS,
  SERVICE_LEVEL_SECONDS,
  SHORT_ABANDON_SECONDS,
} from '#contract/supervision/figures.ts'
import type { Instant } from '#contract/primitives.ts'
import { secondsBetween } from '../../time.ts'
import type { Call } from './call.ts'

/** What decides what a call counts as. */
export type CountedCall = Pick<
  Call,
  'direction' | 'queue' | 'enteredAt' | 'ticketMomentAt' | 'endedAt' | 'outcome'
>

/**
 * What one call adds to the counters of its queue of first entry: offered once it entered, answered
 * by its first confirmed answer by an agent (the moment a ticket opens), abandoned when the caller
 * hung up before that, timed out when the queue gave the caller up, asked when the caller left by key
 * to be called back. Direct calls and callbacks count in no queue.
 */
export function contribution(call: CountedCall): CallCounts {
  if (call.direction !== 'inbound' || call.queue === null) return NO_CALLS
  const offered = { ...NO_CALLS, offered: 1 }
  if (call.ticketMomentAt !== null) return { ...offered, ...answer(call, call.ticketMomentAt) }
  switch (call.outcome) {
    case 'abandoned':
      return { ...offered, abandoned: 1, short: isShort(call) ? 1 : 0 }
    case 'timeout':
      return { ...offered, timedOut: 1 }
    case 'asked':
      return { ...offered, asked: 1 }
    case 'answered':
    case 'not_answered':
    case 'unobserved':
    case null:
      return offered
  }
}

function answer({ enteredAt }: CountedCall, at: Instant) {
  const isWithin = msBetween(enteredAt, at) <= SERVICE_LEVEL_SECONDS * 1000
  return {
    answered: 1,
    withinLevel: isWithin ? 1 : 0,
    waitSeconds: secondsBetween(enteredAt, at),
  }
}

function isShort({ enteredAt, endedAt }: CountedCall): boolean {
  return endedAt !== null && msBetween(enteredAt, endedAt) < SHORT_ABANDON_SECONDS * 1000
}

function msBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from)
}
