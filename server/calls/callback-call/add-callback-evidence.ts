import { addEvidence } from '../conversation/add-evidence.ts'
import type { CallRules } from '../conversation/agent-extension.ts'
import type { Call, CallbackCall } from '../conversation/call.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import { addCustomerFirstEvidence, markedByEvent } from './customer-first.ts'
import { addPlaceEvidence, placeEvent } from './place.ts'
import {
  hangUpCallbackLeg,
  withAgentRinging,
  withCallbackDialEnd,
  withCallbackJournal,
  withConfirmation,
  withCustomerAnswer,
  withCustomerDialled,
  withOriginateResponse,
} from './callback-evidence.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** What an event says of a callback's own two legs; of anybody else it says what it says of any call. */
export function addCallbackEvidence(known: CallbackCall, event: CallEvent, rules: CallRules): Call {
  const call = markedByEvent(known, event)
  if (call.callback.customerFirst !== null) return addCustomerFirstEvidence(call, event, rules)
  const ofPlace = placeEvent(call, event)
  if (ofPlace !== null) return addPlaceEvidence(call, ofPlace, rules)
  switch (event.type) {
    case 'channel_created':
      return event.channel.uniqueid === call.uniqueid
        ? withAgentRinging(call, event.channel.channel)
        : call
    case 'presentation_changed':
      // The customer's number is the one that was dialled.
      return call
    case 'dial_begun':
      return dialBegun(call, event, rules)
    case 'dial_ended':
      return isOwnDial(call, event)
        ? withCallbackDialEnd(call, event, rules)
        : addEvidence(call, event, rules)
    case 'bridge_entered':
      return bridgeEntered(call, event, rules)
    case 'hung_up':
      return hangUpCallbackLeg(call, event.channel, event.cause, event.at)
    case 'originate_responded':
      return withOriginateResponse(call, event)
    case 'callback_confirmation':
      return withConfirmation(call, event)
    case 'journal_callback_ended':
      return withCallbackJournal(call, event)
    case 'queue_joined':
    case 'queue_left':
    case 'queue_abandoned':
    case 'agent_called':
    case 'agent_ring_no_answer':
    case 'agent_connected':
    case 'agent_completed':
    case 'agent_dumped':
    case 'bridge_left':
    case 'blind_transferred':
    case 'attended_transferred':
    case 'picked_up':
    case 'held':
    case 'resumed':
    case 'channel_renamed':
    case 'local_bridged':
    case 'journal_answered':
    case 'journal_ended':
    case 'callback_asked':
    case 'journal_asked':
    case 'callback_consent':
    case 'snapshot_taken':
      return addEvidence(call, event, rules)
  }
}

function dialBegun(call: CallbackCall, event: EventOf<'dial_begun'>, rules: CallRules): Call {
  const { agent } = event
  if (agent.uniqueid === call.uniqueid) {
    return withNumberShown(withAgentRinging(call, agent.channel), event)
  }
  return event.caller?.uniqueid === call.uniqueid
    ? withCustomerDialled(call, event)
    : addEvidence(call, event, rules)
}

/** The agent's phone shows whom it will call: Originate sets it, so it is the dialled number. */
function withNumberShown(call: CallbackCall, { agent }: EventOf<'dial_begun'>): CallbackCall {
  const { callerIdNum } = agent
  if (call.callerIdNum !== null || callerIdNum === null || callerIdNum.length < 9) return call
  return { ...call, callerIdNum }
}

function isOwnDial(call: CallbackCall, { agent, caller }: EventOf<'dial_ended'>): boolean {
  return agent.uniqueid === call.uniqueid || caller?.uniqueid === call.uniqueid
}

/** Our channel in a bridge: the two are talking. */
function bridgeEntered(
  call: CallbackCall,
  event: EventOf<'bridge_entered'>,
  rules: CallRules,
): Call {
  const { channel, at } = event
  if (channel.uniqueid !== call.uniqueid) return addEvidence(call, event, rules)
  return call.endedAt === null ? withCustomerAnswer(call, channel, at, rules) : call
}
