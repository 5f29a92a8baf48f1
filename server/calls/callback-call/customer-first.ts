import type { Instant } from '#contract/primitives.ts'
import { earlierOf, plusSeconds } from '../../time.ts'
import { addEvidence } from '../conversation/add-evidence.ts'
import { agentExtension, type CallRules } from '../conversation/agent-extension.ts'
import { journalLeg, ringAgent } from '../conversation/answer.ts'
import type { Call, CallbackCall, CallConsent } from '../conversation/call.ts'
import { endCall } from '../conversation/call-end.ts'
import type { CallEvent, JournalConsent } from '../conversation/call-event.ts'
import { endRingsByAnswer } from '../conversation/rings.ts'
import { addSegment } from '../conversation/segments.ts'
import { ringerOf } from './ringer-channel.ts'
import { hangUpCallbackLeg, withDialledNumber, withEvidence } from './callback-evidence.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** The customer's telephone is the first leg (`callback-customer` of the dialplan). */
const CUSTOMER_LEG = /@callback-customer-/
const NOTHING_YET = { pickedUpAt: null, consent: null }

/** The call, marked when this event shows that its customer is rung first. */
export function markedByEvent(call: CallbackCall, event: CallEvent): CallbackCall {
  return call.callback.customerFirst === null && showsCustomerFirst(call, event)
    ? withEvidence(call, { customerFirst: NOTHING_YET })
    : call
}

/** The same by the name of its own channel. */
export function markedByName(call: CallbackCall, channel: string): CallbackCall {
  return call.callback.customerFirst === null && CUSTOMER_LEG.test(channel)
    ? withEvidence(call, { customerFirst: NOTHING_YET })
    : call
}

function showsCustomerFirst({ uniqueid }: CallbackCall, event: CallEvent): boolean {
  if (event.type === 'callback_consent') return true
  if (event.type === 'journal_callback_ended') return event.customerFirst !== undefined
  if (event.type === 'channel_created' || event.type === 'hung_up') {
    return CUSTOMER_LEG.test(event.channel.channel)
  }
  if (event.type !== 'dial_begun' && event.type !== 'dial_ended') return false
  return event.agent.uniqueid === uniqueid
    ? CUSTOMER_LEG.test(event.agent.channel)
    : event.caller?.uniqueid === ringerOf(uniqueid)
}

/**
 * What an event says of a callback whose customer is rung first: dialled, answered, asked for the key 1,
 * waiting in the queue, and given an agent by it. It is no visit of a caller's, and counts in no queue.
 */
export function addCustomerFirstEvidence(
  call: CallbackCall,
  event: CallEvent,
  rules: CallRules,
): Call {
  switch (event.type) {
    case 'dial_begun':
    case 'dial_ended':
      return addDial(call, event, rules)
    case 'hung_up':
      return hangUpCallbackLeg(call, event.channel, event.cause, event.at)
    case 'originate_responded':
      // Of a failure the channel's own end says more, and comes.
      return event.succeeded
        ? withPickUp(call, event.at)
        : withEvidence(call, { originateFailed: true })
    case 'callback_consent':
      return withConsent(call, event.state, event.at)
    case 'journal_callback_ended':
      return withJournal(call, event)
    case 'queue_joined':
    case 'queue_left':
    case 'queue_abandoned':
    case 'agent_called':
    case 'agent_connected':
      return call.callback.placedAgent === null
        ? addQueue(call, event, rules)
        : addEvidence(call, event, rules)
    case 'channel_created':
    case 'presentation_changed':
    case 'callback_confirmation':
      return call
    case 'agent_ring_no_answer':
    case 'agent_completed':
    case 'agent_dumped':
    case 'bridge_entered':
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
    case 'snapshot_taken':
      return addEvidence(call, event, rules)
  }
}

function addDial(
  call: CallbackCall,
  event: EventOf<'dial_begun' | 'dial_ended'>,
  rules: CallRules,
): Call {
  const { agent, caller, at } = event
  const isOwn = agent.uniqueid === call.uniqueid
  const isCustomers = caller?.uniqueid === ringerOf(call.uniqueid)
  if (!isOwn && !isCustomers) return addEvidence(call, event, rules)
  const dialled = isCustomers ? withCustomer(call, agent.uniqueid) : call
  if (event.type === 'dial_begun') return isCustomers ? withDialledNumber(dialled, event) : dialled
  if (event.dialStatus === 'ANSWER') return withPickUp(dialled, at)
  const { dialStatus } = dialled.callback
  return isCustomers
    ? withEvidence(dialled, { dialStatus: dialStatus ?? event.dialStatus })
    : dialled
}

function addQueue(
  call: CallbackCall,
  event: EventOf<
    'queue_joined' | 'queue_left' | 'queue_abandoned' | 'agent_called' | 'agent_connected'
  >,
  rules: CallRules,
): Call {
  const { at } = event
  const waiting = withConsent(call, 'given', at)
  switch (event.type) {
    case 'agent_called':
      return ringAgent(waiting, event.agent, event.memberName, at, rules)
    case 'agent_connected': {
      const { agent, memberName } = event
      const extension = agentExtension(agent, memberName, rules) ?? memberName
      return withPlacedAgent(waiting, { uniqueid: agent.uniqueid, extension }, at)
    }
    case 'queue_joined':
    case 'queue_left':
    case 'queue_abandoned':
      return waiting
  }
}

export function withCustomer(call: CallbackCall, customerUniqueid: string): CallbackCall {
  return call.callback.customerUniqueid === null ? withEvidence(call, { customerUniqueid }) : call
}

/** The customer has answered; nothing takes that back, nor what they pressed. */
export function withPickUp(call: CallbackCall, at: Instant): CallbackCall {
  const known = call.callback.customerFirst ?? NOTHING_YET
  const pickedUpAt = earlierOf(known.pickedUpAt, at)
  return pickedUpAt === known.pickedUpAt
    ? call
    : withEvidence(call, { customerFirst: { ...known, pickedUpAt } })
}

export function withConsent(call: CallbackCall, consent: CallConsent, at: Instant): CallbackCall {
  const picked = withPickUp(call, at)
  const known = picked.callback.customerFirst ?? NOTHING_YET
  if (known.consent === 'given' || known.consent === consent) return picked
  return withEvidence(picked, { customerFirst: { ...known, consent } })
}

/** The queue gave this agent: the two talk from now on. */
export function withPlacedAgent(
  call: CallbackCall,
  placedAgent: { uniqueid: string; extension: string },
  at: Instant,
): CallbackCall {
  if (call.callback.placedAgent !== null) return call
  const { uniqueid: agentUniqueid, extension } = placedAgent
  const consented = withConsent(endRingsByAnswer(call, at, extension), 'given', at)
  const talk = { agentAnsweredAt: at, customerAnsweredAt: at, dialStatus: 'ANSWER' }
  const talking = withEvidence(consented, { placedAgent, ...talk })
  return addSegment(talking, { agentUniqueid, extension, how: 'callback', startedAt: at })
}

/** Written at the end of the call; what was heard of it stays. */
function withJournal(call: CallbackCall, event: EventOf<'journal_callback_ended'>): CallbackCall {
  const { at, cause, dialStatus, talkSeconds, customerFirst } = event
  if (customerFirst === undefined) return call
  const told = withJournalConsent(call, customerFirst, at, talkSeconds)
  const { callback: evidence } = told
  const isAnswered = evidence.customerFirst?.pickedUpAt !== null
  const filled = withEvidence(told, {
    dialStatus: evidence.dialStatus ?? (isAnswered ? null : dialStatus),
    customerCause: evidence.customerCause ?? (isAnswered || dialStatus === null ? null : cause),
    agentCause: evidence.agentCause ?? (dialStatus === null ? cause : null),
  })
  if (filled === call && call.endedAt !== null) return call
  if (isHandedOn(filled)) return { ...filled, agentLegEndedAt: at }
  return endCall(filled, { at, cause, heard: true, outcome: null })
}

/** The entry is written when the first agent's leg ends; nobody told that the customer's has. */
function isHandedOn(call: CallbackCall): boolean {
  const { placedAgent, customerUniqueid } = call.callback
  const hasCustomer = customerUniqueid !== null && call.customerLegEndedAt === null
  return placedAgent !== null && hasCustomer && call.endedAt === null
}

function withJournalConsent(
  call: CallbackCall,
  { consent, extension }: JournalConsent,
  at: Instant,
  talkSeconds: number,
): CallbackCall {
  if (consent === 'none') return call
  const since = plusSeconds(at, -talkSeconds)
  const asked = withConsent(call, consent, since)
  if (extension === null || asked.callback.placedAgent !== null) return asked
  const agent = { uniqueid: journalLeg(extension), extension }
  return withEvidence(withPlacedAgent(asked, agent, since), { talkSeconds })
}
