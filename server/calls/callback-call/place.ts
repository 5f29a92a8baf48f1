import { agentExtension, type CallRules } from '../conversation/agent-extension.ts'
import { ringAgent } from '../conversation/answer.ts'
import type { Call, CallbackCall } from '../conversation/call.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import { endRingsByAnswer } from '../conversation/rings.ts'
import { placeOf } from './place-channel.ts'
import { withAgentAnswer, withEvidence } from './callback-evidence.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** What an event says of a caller's place: the queue, and not an agent, is its first leg. */
export type PlaceEvent = EventOf<
  'queue_joined' | 'queue_left' | 'queue_abandoned' | 'agent_called' | 'agent_connected'
>

/** The event, when it is about the place of this call while nobody has dialled the customer yet. */
export function placeEvent(call: CallbackCall, event: CallEvent): PlaceEvent | null {
  if (call.callback.customerUniqueid !== null) return null
  const place = placeOf(call.uniqueid)
  const { type } = event
  if (type === 'queue_joined' || type === 'agent_called' || type === 'agent_connected') {
    return event.caller.uniqueid === place ? event : null
  }
  if (type !== 'queue_left' && type !== 'queue_abandoned') return null
  return event.uniqueid === place ? event : null
}

/**
 * The queue rings agents for the place and gives it one of them. That the place waits is no visit of a
 * customer's: it counts in no queue.
 */
export function addPlaceEvidence(call: CallbackCall, event: PlaceEvent, rules: CallRules): Call {
  switch (event.type) {
    case 'agent_called': {
      const callerIdNum = call.callerIdNum ?? event.caller.callerIdNum
      const known = callerIdNum === call.callerIdNum ? call : { ...call, callerIdNum }
      return ringAgent(known, event.agent, event.memberName, event.at, rules)
    }
    case 'agent_connected':
      return connectedTo(call, event, rules)
    case 'queue_joined':
    case 'queue_left':
    case 'queue_abandoned':
      return call
  }
}

function connectedTo(
  call: CallbackCall,
  { agent, memberName, at }: EventOf<'agent_connected'>,
  rules: CallRules,
): CallbackCall {
  if (call.callback.placedAgent !== null) return call
  const extension = agentExtension(agent, memberName, rules) ?? memberName
  const placedAgent = { uniqueid: agent.uniqueid, extension }
  return withEvidence(withAgentAnswer(endRingsByAnswer(call, at, extension), at), { placedAgent })
}
