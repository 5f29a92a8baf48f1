import { agentExtension, type CallRules } from './agent-extension.ts'
import { bridgeAgent, connectAgent, endDial, joinByTransfer, pickUp, ringAgent } from './answer.ts'
import type { Call } from './call.ts'
import { hangUp } from './call-end.ts'
import type { CallEvent } from './call-event.ts'
import { withCaller, withPresentation } from './caller.ts'
import { withJournalAnswer, withJournalEnd } from './journal-evidence.ts'
import { inferVisit, joinQueue, leaveQueue, noteAbandon } from './queue-visits.ts'
import { endRing } from './rings.ts'
import { endSegment, findSegment, holdSegment, resumeSegment } from './segments.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** What an event says of the customer, the queues and the agents of any call. */
export function addEvidence(call: Call, event: CallEvent, rules: CallRules): Call {
  switch (event.type) {
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
      return endDial(call, event, rules)
    case 'bridge_entered':
      return bridgeAgent(call, event, rules)
    case 'blind_transferred':
      return event.succeeded ? endSegment(call, event.transfererUniqueid, event.at) : call
    case 'attended_transferred':
      return attendedTransferred(call, event, rules)
    case 'picked_up':
      return pickUp(call, event, rules)
    case 'held':
      return holdSegment(call, event.uniqueid, event.at)
    case 'resumed':
      return resumeSegment(call, event.uniqueid, event.at)
    case 'hung_up':
      return hangUp(call, event)
    case 'journal_answered':
      return withJournalAnswer(call, event, rules)
    case 'journal_ended':
      return withJournalEnd(call, event)
    case 'callback_asked':
    case 'journal_asked':
      return withAsk(call, event)
    case 'channel_created':
    case 'originate_responded':
    case 'callback_confirmation':
    case 'callback_consent':
    case 'journal_callback_ended':
    case 'channel_renamed':
    case 'bridge_left':
    case 'local_bridged':
    case 'snapshot_taken':
      return call
  }
}

/**
 * Who was talked to asks after that: a queue into which they were handed on was closed. The stay in it is
 * known from the ask alone when nobody heard of it.
 */
function withAsk(call: Call, event: EventOf<'callback_asked' | 'journal_asked'>): Call {
  const { number, queue, at } = event
  if (call.askedNumber === number || (call.answeredAt !== null && at < call.answeredAt)) return call
  const isKnown = call.visits.at(-1)?.queue === queue
  return { ...(isKnown ? call : inferVisit(call, queue, at, 0)), askedNumber: number }
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
  const known = caller === null ? call : withCaller(call, caller)
  return ringAgent(known, agent, null, at, rules)
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
