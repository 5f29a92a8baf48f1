import {
  type CallCounts,
  NO_CALLS,
  oneWait,
  SERVICE_LEVEL_SECONDS,
  SERVICE_SECONDS,
  SHORT_ABANDON_SECONDS,
  waitBucket,
} from '#contract/supervision/figures.ts'
import type { Instant } from '#contract/primitives.ts'
import { secondsBetween } from '../../time.ts'
import type { Call } from './call.ts'
import { talked, type TalkedPart } from './parts.ts'

/** What decides what a call counts as. */
export type CountedCall = Pick<
  Call,
  | 'direction'
  | 'queue'
  | 'refusedBy'
  | 'meantQueue'
  | 'receivedAt'
  | 'enteredAt'
  | 'ticketMomentAt'
  | 'endedAt'
  | 'outcome'
> & { segments: readonly TalkedPart[] }

/** The queue in which a call counts: of first entry, or on the way to which the caller was lost. */
export function countedQueue({
  queue,
  refusedBy,
  meantQueue,
}: Pick<Call, 'queue' | 'refusedBy' | 'meantQueue'>): string | null {
  return queue ?? refusedBy ?? meantQueue ?? null
}

/**
 * What one call adds to the counters of its queue of first entry: entered once it reached the service
 * on its way there, offered once it joined, answered by its first confirmed answer by an agent (the moment a ticket opens), abandoned when the caller
 * hung up before that, timed out when the queue gave the caller up, asked when the caller left by key
 * to be called back. Direct calls and callbacks count in no queue.
 */
export function contribution(call: CountedCall): CallCounts {
  if (call.direction !== 'inbound' || countedQueue(call) === null) return NO_CALLS
  const entered = { ...NO_CALLS, entered: 1 }
  if (call.queue === null) return entered
  const offered = { ...entered, offered: 1 }
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
    case 'left_in_notice':
    case 'unobserved':
    case null:
      return offered
  }
}

function answer(call: CountedCall, at: Instant) {
  const { enteredAt, receivedAt = enteredAt } = call
  const waitMs = msBetween(enteredAt, at)
  return {
    answered: 1,
    withinLevel: waitMs <= SERVICE_LEVEL_SECONDS * 1000 ? 1 : 0,
    withinService: msBetween(receivedAt, at) <= SERVICE_SECONDS * 1000 ? 1 : 0,
    waitSeconds: secondsBetween(enteredAt, at),
    waits: oneWait(waitBucket(waitMs)),
    ...(call.endedAt === null ? {} : { handled: 1, ...talked(call.segments) }),
  }
}

function isShort({ enteredAt, endedAt }: CountedCall): boolean {
  return endedAt !== null && msBetween(enteredAt, endedAt) < SHORT_ABANDON_SECONDS * 1000
}

function msBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from)
}
