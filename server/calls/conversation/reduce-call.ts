import { agentExtension, type CallRules } from './agent-extension.ts'
import type { Call } from './call.ts'
import { endRing } from './rings.ts'
import { endSegment, findSegment } from './segments.ts'
import { bridgeAgent, connectAgent, endDial, joinByTransfer, pickUp, ringAgent } from './answer.ts'
import { factsBetween } from './facts-between.ts'
import { hangUp } from './call-end.ts'
import type { CallEvent } from './call-event.ts'
import type { CallFact } from './call-fact.ts'
import { beginHold, endHold } from './hold.ts'
import { withJournalAnswer, withJournalEnd } from './journal-evidence.ts'
import { inferVisit, joinQueue, leaveQueue, noteAbandon } from './queue-visits.ts'
import { deriveStatus } from './derive-status.ts'
import { withCaller, withPresentation } from './caller.ts'
import {
  withCustomerAnswer,
  withCustomerDialled,
  withCallbackDialEnd,
  hangUpCallbackLeg,
  withCallbackJournal,
  withOriginateResponse,
  withAgentRinging,
} from '../callback-call/callback-legs.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

export interface Reduced {
  call: Call
  facts: CallFact[]
}

/**
 * One call and one event that concerns it. An event that says nothing new returns the very same
 * call and no facts. Events are evidence: each only adds to what is known, so late, doubled and
 * out-of-order ones end in the same state.
 */
export function reduceCall(call: Call, event: CallEvent, rules: CallRules): Reduced {
  const evident = addEvidence(call, event, rules)
  if (evident === call) return { call, facts: [] }
  const next = deriveStatus(evident)
  return { call: next, facts: factsBetween(call, next, event.at) }
}

/** The first event of a call that nobody knew. */
export function reduceNewCall(start: Call, event: CallEvent, rules: CallRules): Reduced {
  const call = deriveStatus(addEvidence(start, event, rules))
  return { call, facts: factsBetween(null, call, event.at) }
}

function addEvidence(call: Call, event: CallEvent, rules: CallRules): Call {
  switch (event.type) {
    case 'channel_created':
      return event.channel.uniqueid === call.uniqueid ? withAgentRinging(call) : call
    case 'presentation_changed':
      return withPresentation(call, event)
    case 'queue_joined':
      return joinQueue(withCaller(call, event.caller), event.queue, event.at)
    case 'queue_left':
      return leaveQueue(call, event.queue, event.at)
    case 'queue_abandoned':
      return noteAbandon(call, event.queue, event.at)
    case 'agent_called':
      return agentCalled(call, event, rules)
    case 'agent_ring_no_answer':
      return endRing(call, event.agentUniqueid, event.at, 'no_answer')
    case 'agent_connected':
      return connectAgent(withCaller(call, event.caller), event, rules)
    case 'agent_completed':
      return agentCompleted(call, event)
    case 'agent_dumped':
      return endRing(call, event.agentUniqueid, event.at, 'rejected')
    case 'dial_begun':
      return dialBegun(call, event, rules)
    case 'dial_ended':
      return dialEnded(call, event, rules)
    case 'bridge_entered':
      return bridgeEntered(call, event, rules)
    case 'blind_transferred':
      return event.succeeded ? endSegment(call, event.transfererUniqueid, event.at) : call
    case 'attended_transferred':
      return attendedTransferred(call, event, rules)
    case 'picked_up':
      return pickUp(call, event, rules)
    case 'held':
      return beginHold(call, event.at)
    case 'resumed':
      return endHold(call, event.at)
    case 'hung_up':
      return hungUp(call, event)
    case 'originate_responded':
      return withOriginateResponse(call, event)
    case 'journal_answered':
      return withJournalAnswer(call, event, rules)
    case 'journal_ended':
      return withJournalEnd(call, event)
    case 'journal_callback_ended':
      return withCallbackJournal(call, event)
    case 'channel_renamed':
    case 'bridge_left':
    case 'local_bridged':
    case 'snapshot_taken':
      return call
  }
}

function agentCalled(call: Call, event: EventOf<'agent_called'>, rules: CallRules): Call {
  const caller = withCaller(call, event.caller)
  const waiting = caller.visits.length === 0 ? inferVisit(caller, event.queue, event.at, 0) : caller
  return ringAgent(waiting, event.agent, event.memberName, event.at, rules)
}

/** Only enriches: the agent's channel may be gone long before or stay long after. */
function agentCompleted(call: Call, event: EventOf<'agent_completed'>): Call {
  if (event.agentUniqueid === null) return call
  const segment = findSegment(call, event.agentUniqueid)
  const isOfQueue = segment?.how !== 'transfer' && segment?.how !== 'direct'
  return isOfQueue ? endSegment(call, event.agentUniqueid, event.at) : call
}

function dialBegun(call: Call, event: EventOf<'dial_begun'>, rules: CallRules): Call {
  const { caller, agent, at } = event
  if (call.callback !== null && agent.uniqueid === call.uniqueid) return withAgentRinging(call)
  if (call.callback !== null && caller?.uniqueid === call.uniqueid)
    return withCustomerDialled(call, event)
  const known = caller === null ? call : withCaller(call, caller)
  return ringAgent(known, agent, null, at, rules)
}

function dialEnded(call: Call, event: EventOf<'dial_ended'>, rules: CallRules): Call {
  const { agent, caller } = event
  const isOwnLeg = agent.uniqueid === call.uniqueid || caller?.uniqueid === call.uniqueid
  const isCallback = call.callback !== null && isOwnLeg
  return isCallback ? withCallbackDialEnd(call, event, rules) : endDial(call, event, rules)
}

function bridgeEntered(call: Call, event: EventOf<'bridge_entered'>, rules: CallRules): Call {
  const { channel, at } = event
  if (call.callback === null || channel.uniqueid !== call.uniqueid) {
    return bridgeAgent(call, event, rules)
  }
  return call.endedAt === null ? withCustomerAnswer(call, channel, at, rules) : call
}

/** The one who takes over; the transferer's legs are done. */
function attendedTransferred(
  call: Call,
  event: EventOf<'attended_transferred'>,
  rules: CallRules,
): Call {
  if (!event.succeeded) return call
  const { at, target } = event
  const extension = target == null ? null : agentExtension(target, null, rules)
  let next = call
  for (const uniqueid of event.transfererUniqueids) next = endSegment(next, uniqueid, at)
  if (target == null || extension === null || call.endedAt !== null) return next
  return joinByTransfer(
    endRing(next, target.uniqueid, at, 'answered'),
    target.uniqueid,
    extension,
    at,
  )
}

function hungUp(call: Call, event: EventOf<'hung_up'>): Call {
  return call.callback === null
    ? hangUp(call, event.channel, event.cause, event.at)
    : hangUpCallbackLeg(call, event.channel, event.cause, event.at)
}
