import type { CallOutcome, CallStatus } from '#contract/calls.ts'
import { isLegRinging, withDerivedStage } from '../callback-call/callback-stage.ts'
import type { Call, Ring } from './call.ts'
import { isTalking } from './segments.ts'

/**
 * A caller who hangs up while waiting is gone right after the queue lets go; one who heard the queue
 * give up first listens to the closing prompt. Our dialplan tells the two apart by its context
 * (`call-end.ts`); this is for an end in any other.
 */
const HUNG_UP_WITHIN_MS = 2_000

/** Status, outcome and the callback's stage follow from the evidence; nothing sets them by hand. */
export function deriveStatus(call: Call): Call {
  const derived = call.direction === 'callback' ? withDerivedStage(call) : call
  const status = statusOf(derived)
  const outcome = outcomeOf(derived)
  if (status === derived.status && outcome === derived.outcome) return derived
  return { ...derived, status, outcome }
}

function statusOf(call: Call): CallStatus {
  if (call.endedAt !== null) return 'ended'
  if (isTalking(call)) return 'talking'
  if (call.rings.some((ring) => ring.endedAt === null)) return 'ringing'
  return call.direction === 'callback' && isLegRinging(call) ? 'ringing' : 'waiting'
}

function outcomeOf(call: Call): CallOutcome | null {
  if (call.endedAt === null) return null
  if (call.answeredAt !== null) return 'answered'
  if (call.askedNumber !== null) return 'asked'
  if (call.toldOutcome !== null) return call.toldOutcome
  if (!call.endHeard) return 'unobserved'
  return call.direction === 'callback' ? 'not_answered' : unansweredOutcome(call, call.endedAt)
}

/** Decided at the caller's Hangup: QueueCallerAbandon says "abandoned" of timeouts too. */
function unansweredOutcome(call: Call, endedAt: string): CallOutcome {
  const visit = call.visits.at(-1)
  // who was seen alive outside the queue did not hang up in it
  if (visit?.leaveHeard === false) return visit.abandonSaid ? 'timeout' : 'not_answered'
  const freeSince = visit === undefined ? lastRingEnd(call.rings) : freeAfter(call, visit.leftAt)
  if (freeSince === null || isSoonAfter(freeSince, endedAt)) return 'abandoned'
  return visit?.abandonSaid === true ? 'timeout' : 'not_answered'
}

/** Who was taken out of the queue and sent to a phone still waited while that one rang. */
function freeAfter({ rings }: Call, leftAt: string | null): string | null {
  if (leftAt === null) return null
  const sentTo = rings.filter(({ by, startedAt }) => by === 'dial' && startedAt >= leftAt)
  return sentTo.length === 0 ? leftAt : lastRingEnd(sentTo)
}

function lastRingEnd(rings: readonly Ring[]): string | null {
  let last: string | null = null
  for (const { endedAt } of rings) {
    if (endedAt === null) return null
    if (last === null || endedAt > last) last = endedAt
  }
  return last
}

function isSoonAfter(then: string, at: string): boolean {
  return Date.parse(at) - Date.parse(then) <= HUNG_UP_WITHIN_MS
}
