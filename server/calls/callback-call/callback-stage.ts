import type { AttemptStage } from '#contract/callbacks.ts'
import type { Call, CallbackCall, CallbackEvidence } from '../conversation/call.ts'
import { secondsBetween } from '../../time.ts'

/** Stage and talk time as the evidence of both legs shows them. */
export function withDerivedStage(call: CallbackCall): CallbackCall {
  const evidence = call.callback
  const stage = furthestStage(evidence)
  const talkSeconds = evidence.talkSeconds ?? talkSecondsOf(call)
  if (stage === evidence.stage && talkSeconds === evidence.talkSeconds) return call
  return { ...call, callback: { ...evidence, stage, talkSeconds } }
}

/** Whether the agent's or the customer's phone rings. */
export function isLegRinging({ callback }: CallbackCall): boolean {
  return callback.stage === 'agent_ringing' || callback.stage === 'customer_ringing'
}

/** Whether it keeps a place in a queue: nobody is on the line. */
export function isInQueue(call: Call): boolean {
  return call.direction === 'callback' && call.callback.stage === 'in_queue'
}

function furthestStage(evidence: CallbackEvidence): AttemptStage {
  if (evidence.customerAnsweredAt !== null) return 'talking'
  if (evidence.customerFirst?.consent === 'given') return 'customer_waiting'
  if ((evidence.customerFirst?.pickedUpAt ?? null) !== null) return 'consenting'
  if (evidence.customerUniqueid !== null) return 'customer_ringing'
  if (evidence.confirmation !== null) return 'confirming'
  if (evidence.agentAnsweredAt !== null) return 'agent_answered'
  return evidence.stage
}

/** From the customer's answer to the end of that leg; null until the call is over. */
function talkSecondsOf(call: CallbackCall): number | null {
  const { customerAnsweredAt } = call.callback
  if (customerAnsweredAt === null || call.endedAt === null) return null
  return secondsBetween(customerAnsweredAt, call.customerLegEndedAt ?? call.endedAt)
}
