import type { CallOutcome, CallStatus } from '#contract/calls.ts'
import type { AttemptStage } from '#contract/callbacks.ts'
import { type Call } from './call.ts'
import { isTalking } from './segments.ts'
import { secondsBetween } from '../../time.ts'

/**
 * A caller who hangs up while waiting is gone right after the queue lets go; one who heard the queue
 * give up first listens to the closing prompt. Asterisk's own events do not tell the two apart.
 */
const HUNG_UP_WITHIN_MS = 2_000

/** Status, outcome and the callback's stage follow from the evidence; nothing sets them by hand. */
export function deriveStatus(call: Call): Call {
  const status = statusOf(call)
  const outcome = outcomeOf(call)
  const callback = callbackOf(call)
  const same = status === call.status && outcome === call.outcome && callback === call.callback
  return same ? call : { ...call, status, outcome, callback }
}

function statusOf(call: Call): CallStatus {
  if (call.endedAt !== null) return 'ended'
  if (isTalking(call)) return 'talking'
  if (call.rings.some((ring) => ring.endedAt === null)) return 'ringing'
  const stage = call.callback?.stage
  return stage === 'agent_ringing' || stage === 'customer_ringing' ? 'ringing' : 'waiting'
}

function outcomeOf(call: Call): CallOutcome | null {
  if (call.endedAt === null) return null
  if (call.answeredAt !== null) return 'answered'
  if (call.toldOutcome !== null) return call.toldOutcome
  if (!call.endHeard) return 'unobserved'
  return call.callback === null ? unansweredOutcome(call, call.endedAt) : 'not_answered'
}

/** Decided at the caller's Hangup: QueueCallerAbandon says "abandoned" of timeouts too. */
function unansweredOutcome(call: Call, endedAt: string): CallOutcome {
  const visit = call.visits.at(-1)
  const freeSince = visit === undefined ? lastRingEnd(call) : visit.leftAt
  if (freeSince === null || isSoonAfter(freeSince, endedAt)) return 'abandoned'
  return visit?.abandonSaid === true ? 'timeout' : 'not_answered'
}

function lastRingEnd(call: Call): string | null {
  let last: string | null = null
  for (const { endedAt } of call.rings) {
    if (endedAt === null) return null
    if (last === null || endedAt > last) last = endedAt
  }
  return last
}

function isSoonAfter(then: string, at: string): boolean {
  return Date.parse(at) - Date.parse(then) <= HUNG_UP_WITHIN_MS
}

function callbackOf(call: Call): Call['callback'] {
  const evidence = call.callback
  if (evidence === null) return null
  const stage = furthestStage(evidence)
  const talkSeconds = evidence.talkSeconds ?? talked(call, evidence.customerAnsweredAt)
  if (stage === evidence.stage && talkSeconds === evidence.talkSeconds) return evidence
  return { ...evidence, stage, talkSeconds }
}

function furthestStage(evidence: NonNullable<Call['callback']>): AttemptStage {
  if (evidence.customerAnsweredAt !== null) return 'talking'
  if (evidence.customerUniqueid !== null) return 'customer_ringing'
  if (evidence.agentAnsweredAt !== null) return 'agent_answered'
  return evidence.stage
}

function talked(call: Call, answeredAt: string | null): number | null {
  const endedAt = call.customerLegEndedAt ?? call.endedAt
  return answeredAt === null || endedAt === null || call.endedAt === null
    ? null
    : secondsBetween(answeredAt, endedAt)
}
