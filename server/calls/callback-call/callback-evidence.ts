import type { Instant } from '#contract/primitives.ts'
import { agentExtension, type CallRules } from '../conversation/agent-extension.ts'
import { type CallbackCall, type CallbackEvidence, startCall } from '../conversation/call.ts'
import { addSegment, changeSegment } from '../conversation/segments.ts'
import { endCall, hangUpAgent } from '../conversation/call-end.ts'
import type { CallEvent, ChannelView } from '../conversation/call-event.ts'
import { plusSeconds, earlierOf } from '../../time.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** ChannelIds of promised callbacks begin with this; nothing else on a PBX does. */
const CALLBACK_CHANNEL = 'cb-'
/** A technician's mobile as the first leg (`callback-mobile` of the dialplan). */
const MOBILE_LEG = /^Local\/(0\d{9})@callback-mobile-/
/** Whose first leg is a queue: the caller keeps a place there (`callback-place` of the dialplan). */
const PLACE_LEG = /@callback-place-/
/** "Redirected to new destination", as chan_pjsip names a 302. */
const REDIRECTED = 23
const DIALLED_NUMBER = /(?:^|\/)(\+?\d{3,16})@/

export function isCallbackChannel(uniqueid: string): boolean {
  return uniqueid.startsWith(CALLBACK_CHANNEL)
}

/** What is known of a callback before any of its channels was seen. */
const NO_EVIDENCE: CallbackEvidence = {
  stage: 'submitted',
  agentAnsweredAt: null,
  confirmation: null,
  customerUniqueid: null,
  customerAnsweredAt: null,
  dialStatus: null,
  agentCause: null,
  customerCause: null,
  originateFailed: false,
  talkSeconds: null,
  placedAgent: null,
  customerFirst: null,
}

/** A promised callback of which nothing more is known yet. */
export function startCallback(pbxId: string, channelId: string, at: Instant): CallbackCall {
  const nobody = { callerIdNum: null, callerIdName: null, withheld: false, tagged: false }
  return {
    ...startCall({ pbxId, uniqueid: channelId, linkedid: channelId, at, ...nobody }),
    direction: 'callback',
    callback: NO_EVIDENCE,
    agentLegEndedAt: null,
    customerLegEndedAt: null,
  }
}

export function withEvidence(call: CallbackCall, change: Partial<CallbackEvidence>): CallbackCall {
  const known: Partial<Record<string, unknown>> = call.callback
  const isNews = Object.entries(change).some(([name, value]) => known[name] !== value)
  return isNews ? { ...call, callback: { ...call.callback, ...change } } : call
}

/** The first leg exists: the agent's phone rings, or `channel` waits in a queue for an agent. */
export function withAgentRinging(call: CallbackCall, channel = ''): CallbackCall {
  if (call.callback.stage !== 'submitted') return call
  return withEvidence(call, { stage: PLACE_LEG.test(channel) ? 'in_queue' : 'agent_ringing' })
}

export function withAgentAnswer(call: CallbackCall, at: Instant): CallbackCall {
  const since = earlierOf(call.callback.agentAnsweredAt, at)
  return withEvidence(withAgentRinging(call), { agentAnsweredAt: since })
}

/** OriginateResponse speaks of the agent's phone alone, and its failures say little. */
export function withOriginateResponse(
  call: CallbackCall,
  event: EventOf<'originate_responded'>,
): CallbackCall {
  if (event.succeeded) return withAgentAnswer(call, event.at)
  const failed = withEvidence(call, { originateFailed: true })
  if (call.callback.stage !== 'submitted') return failed
  return endCall(failed, { at: event.at, cause: null, heard: true, outcome: null })
}

/** The dialplan asks whoever answered, or has the answer; nobody takes an answer back. */
export function withConfirmation(
  call: CallbackCall,
  { state, at }: EventOf<'callback_confirmation'>,
): CallbackCall {
  const answered = withAgentAnswer(call, at)
  const known = call.callback.confirmation
  return state === 'asked' && known !== null
    ? answered
    : withEvidence(answered, { confirmation: state })
}

/** The agent's channel dials: the other leg is the customer. */
export function withCustomerDialled(
  call: CallbackCall,
  event: EventOf<'dial_begun'>,
): CallbackCall {
  return withCustomerLeg(withDialledNumber(call, event), event.agent.uniqueid, event.at)
}

/** Whom the PBX dials is known; of who kept a place it is the number that was chosen last. */
export function withDialledNumber(
  call: CallbackCall,
  { dialString, agent }: EventOf<'dial_begun'>,
): CallbackCall {
  const dialled = DIALLED_NUMBER.exec(dialString)?.[1]
  const number = dialled ?? agent.callerIdNum
  const isChosen = call.callback.placedAgent !== null && dialled !== undefined
  return { ...call, callerIdNum: isChosen ? dialled : (call.callerIdNum ?? number) }
}

/** The customer's leg exists, so the agent has answered. */
export function withCustomerLeg(
  call: CallbackCall,
  customerUniqueid: string,
  at: Instant,
): CallbackCall {
  const answered = withAgentAnswer(call, at)
  return call.callback.customerUniqueid === null
    ? withEvidence(answered, { customerUniqueid })
    : answered
}

/**
 * DialEnd on either leg; the customer's is the one that decides. That the agent's phone forwarded is
 * said here for certain: Asterisk may hang the channel up before its cause is set, with cause 0.
 */
export function withCallbackDialEnd(
  call: CallbackCall,
  event: EventOf<'dial_ended'>,
  rules: CallRules,
): CallbackCall {
  const { agent, caller, at, dialStatus } = event
  if (agent.uniqueid === call.uniqueid) {
    if (event.isForwarded) return withEvidence(call, { agentCause: REDIRECTED })
    return dialStatus === 'ANSWER' ? withAgentAnswer(call, at) : call
  }
  if (caller?.uniqueid !== call.uniqueid) return call
  const seen = withCustomerLeg(call, agent.uniqueid, at)
  const ended = seen.callback.dialStatus === null ? withEvidence(seen, { dialStatus }) : seen
  return dialStatus === 'ANSWER' ? withCustomerAnswer(ended, caller, at, rules) : ended
}

/** The two are talking. */
export function withCustomerAnswer(
  call: CallbackCall,
  agent: ChannelView,
  at: Instant,
  rules: CallRules,
): CallbackCall {
  const since = earlierOf(call.callback.customerAnsweredAt, at)
  const answered = withEvidence(withAgentAnswer(call, at), { customerAnsweredAt: since })
  const placed = call.callback.placedAgent
  const extension = placed?.extension ?? agentExtension(agent, null, rules)
  const segment = { agentUniqueid: placed?.uniqueid ?? call.uniqueid, startedAt: since }
  return addSegment(answered, {
    ...segment,
    extension: extension ?? MOBILE_LEG.exec(agent.channel)?.[1] ?? agent.channel,
    how: 'callback',
  })
}

/** Ends with its last leg: an agent who transferred the customer may leave before. */
export function hangUpCallbackLeg(
  call: CallbackCall,
  channel: ChannelView,
  cause: number,
  at: Instant,
): CallbackCall {
  if (channel.channel.endsWith('<ZOMBIE>')) return call
  switch (channel.uniqueid) {
    case call.uniqueid:
      return hangUpAgentLeg(call, cause, at)
    case call.callback.customerUniqueid:
      return hangUpCustomerLeg(call, cause, at)
    default:
      return hangUpAgent(call, channel.uniqueid, cause, at)
  }
}

function hangUpAgentLeg(call: CallbackCall, cause: number, at: Instant): CallbackCall {
  if (call.agentLegEndedAt !== null) return call
  const left = hangUpAgent({ ...call, agentLegEndedAt: at }, call.uniqueid, cause, at)
  return closeWhenGone(
    withEvidence(left, { agentCause: call.callback.agentCause ?? cause }),
    cause,
    at,
  )
}

function hangUpCustomerLeg(call: CallbackCall, cause: number, at: Instant): CallbackCall {
  if (call.customerLegEndedAt !== null) return call
  const customerCause = call.callback.customerCause ?? cause
  return closeWhenGone(
    withEvidence({ ...call, customerLegEndedAt: at }, { customerCause }),
    cause,
    at,
  )
}

function closeWhenGone(call: CallbackCall, cause: number, at: Instant): CallbackCall {
  const hasCustomer = call.callback.customerUniqueid !== null
  const isGone = call.agentLegEndedAt !== null && (!hasCustomer || call.customerLegEndedAt !== null)
  return isGone ? endCall(call, { at, cause, heard: true, outcome: null }) : call
}

/**
 * The journal's word fills what nobody heard; what was heard stays. Its seconds are whole ones, so a
 * later answer than it tells was not heard: a snapshot saw the two talking.
 */
export function withCallbackJournal(
  call: CallbackCall,
  event: EventOf<'journal_callback_ended'>,
): CallbackCall {
  const evidence = call.callback
  const { at, dialStatus, cause, talkSeconds } = event
  const reached = dialStatus === 'ANSWER' || talkSeconds > 0
  const answeredAt = reached ? plusSeconds(at, -talkSeconds) : null
  const customerAnsweredAt =
    answeredAt === null
      ? evidence.customerAnsweredAt
      : earlierOf(evidence.customerAnsweredAt, answeredAt)
  const isMoved = customerAnsweredAt !== evidence.customerAnsweredAt
  const filled = withEvidence(withAgentRinging(withTalkSince(call, customerAnsweredAt)), {
    agentAnsweredAt: evidence.agentAnsweredAt ?? (event.agentAnswered ? at : null),
    dialStatus: evidence.dialStatus ?? dialStatus,
    customerAnsweredAt,
    customerCause: evidence.customerCause ?? (dialStatus === null ? null : cause),
    agentCause: evidence.agentCause ?? (dialStatus === null ? cause : null),
    talkSeconds: isMoved ? talkSeconds : (evidence.talkSeconds ?? (reached ? talkSeconds : null)),
  })
  const isTransferred =
    evidence.customerUniqueid !== null && call.customerLegEndedAt === null && reached
  if (isTransferred && call.endedAt === null) return { ...filled, agentLegEndedAt: at }
  const answered = { ...filled, answeredAt: filled.answeredAt ?? answeredAt }
  return filled === call ? call : endCall(answered, { at, cause, heard: true, outcome: null })
}

/** The agent's talk with the customer began then, if it began later by what is known. */
function withTalkSince(call: CallbackCall, at: Instant | null): CallbackCall {
  const talk = call.segments.find(({ agentUniqueid }) => agentUniqueid === call.uniqueid)
  if (at === null || talk === undefined || talk.startedAt <= at) return call
  const answeredAt = earlierOf(call.answeredAt, at)
  return changeSegment({ ...call, answeredAt }, talk, { startedAt: at })
}
