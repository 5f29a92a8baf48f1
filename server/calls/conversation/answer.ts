import type { Instant } from '#contract/primitives.ts'
import { agentExtension, type CallRules } from './agent-extension.ts'
import type { Call, Ring, Segment } from './call.ts'
import { addRing, changeRing, endRing, findRing, endRingsByAnswer } from './rings.ts'
import { addSegment, changeSegment, endSegment, findSegment, moveSegment } from './segments.ts'
import type { CallEvent, ChannelView } from './call-event.ts'
import { inferVisit, isInQueue, leaveQueue } from './queue-visits.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** AgentConnect: the ticket moment when the queue is a hotline queue and nobody answered before. */
export function connectAgent(
  call: Call,
  event: EventOf<'agent_connected'>,
  rules: CallRules,
): Call {
  const { agent, at, queue, memberName } = event
  const extension = agentExtension(agent, memberName, rules) ?? memberName
  const seen = inferVisit(call, queue, at, event.holdSeconds)
  const left = leaveQueue(endRingsByAnswer(seen, at, extension), queue, at)
  const how = wasPickedUp(call, agent.uniqueid, extension) ? 'pickup' : 'queue'
  const recovered =
    recoveredSegment(left, agent.uniqueid, extension) ?? bridgedBefore(left, agent.uniqueid, at)
  const answered =
    recovered === undefined
      ? addSegment(left, { agentUniqueid: agent.uniqueid, extension, how, startedAt: at })
      : confirmRecovered(left, recovered, agent.uniqueid, how, at)
  return rules.hotlineQueues.has(queue) ? markTicketMoment(answered, at) : answered
}

/** A pickup is known by the picker's channel, or by the picker's phone being in the place of another. */
function wasPickedUp(call: Call, agentUniqueid: string, extension: string): boolean {
  return call.rings.some(
    (ring) =>
      ring.by === 'pickup' &&
      (ring.agentUniqueid === agentUniqueid || ring.extension === extension),
  )
}

/** What a snapshot or the journal had already concluded about this very answer. */
function recoveredSegment(call: Call, uniqueid: string, extension: string): Segment | undefined {
  return call.segments.find(
    (segment) =>
      segment.how === 'recovered' &&
      (segment.agentUniqueid === uniqueid ||
        (segment.agentUniqueid === journalLeg(extension) && segment.extension === extension)),
  )
}

/** A picker whose bridge was heard before this AgentConnect, and began with the bridge for want of it. */
function bridgedBefore(call: Call, uniqueid: string, at: Instant): Segment | undefined {
  return call.segments.find(
    ({ how, agentUniqueid, startedAt }) =>
      how === 'pickup' && agentUniqueid === uniqueid && startedAt > at,
  )
}

function confirmRecovered(
  call: Call,
  segment: Segment,
  agentUniqueid: string,
  how: Segment['how'],
  at: Instant,
): Call {
  const corrected = moveAnswer(call, segment, at)
  return changeSegment(corrected, segment, { agentUniqueid, how, startedAt: at })
}

/** A moment that was concluded from this segment's beginning follows it: the wait is counted from it. */
export function moveAnswer(call: Call, { startedAt }: Segment, at: Instant): Call {
  const { answeredAt, ticketMomentAt } = call
  return {
    ...call,
    answeredAt: answeredAt === startedAt ? at : answeredAt,
    ticketMomentAt: ticketMomentAt === startedAt ? at : ticketMomentAt,
  }
}

/** Stands for the agent's channel where the journal names only the phone. */
export function journalLeg(extension: string): string {
  return `journal:${extension}`
}

export function isJournalLeg(agentUniqueid: string): boolean {
  return agentUniqueid.startsWith(journalLeg(''))
}

export function markTicketMoment(call: Call, at: Instant): Call {
  if (call.ticketMomentAt !== null || call.direction === 'callback') return call
  return { ...call, ticketMomentAt: at }
}

/** A phone starts to ring. Phones outside (a mobile by the carrier) are no agents. */
export function ringAgent(
  call: Call,
  agent: ChannelView,
  memberName: string | null,
  at: Instant,
  rules: CallRules,
): Call {
  const extension = agentExtension(agent, memberName, rules)
  if (extension === null) return call
  const by = memberName !== null || isInQueue(call) ? 'queue' : 'dial'
  return addRing(call, { agentUniqueid: agent.uniqueid, extension, by, startedAt: at })
}

/** DialEnd about an agent's phone. */
export function endDial(call: Call, event: EventOf<'dial_ended'>, rules: CallRules): Call {
  const { agent, at, dialStatus } = event
  const known = ringAgent(call, agent, null, at, rules)
  const ring = findRing(known, agent.uniqueid)
  if (ring === undefined || ring.endedAt !== null) return known
  if (dialStatus !== 'ANSWER') {
    return endRing(known, agent.uniqueid, at, endReasonOf(known, dialStatus))
  }
  if (ring.answeredAt !== null) return known
  return confirmAnswer(changeRing(known, agent.uniqueid, { answeredAt: at }), agent.uniqueid, rules)
}

/** CANCEL is said to the losers of a race and when the caller leaves; only a winner tells which. */
function endReasonOf(call: Call, dialStatus: string): NonNullable<Ring['end']> {
  switch (dialStatus) {
    case 'NOANSWER':
      return 'no_answer'
    case 'CANCEL':
      return hasWinner(call) ? 'answered_elsewhere' : 'caller_left'
    default:
      return 'rejected'
  }
}

function hasWinner(call: Call): boolean {
  return (
    call.rings.some((ring) => ring.answeredAt !== null && ring.endedAt === null) ||
    call.segments.some((segment) => segment.endedAt === null)
  )
}

/** Another phone took the ringing call: its own channel is the agent's from now on. */
export function pickUp(call: Call, event: EventOf<'picked_up'>, rules: CallRules): Call {
  const { picker, targetUniqueid, at } = event
  const extension = agentExtension(picker, null, rules)
  if (extension === null) return call
  const talk = findSegment(call, targetUniqueid)
  if (talk?.agentUniqueid === targetUniqueid && talk.endedAt === null) {
    return takeTalk(call, talk, { ...event, extension })
  }
  const stopped = endRing(call, targetUniqueid, at, 'answered_elsewhere')
  const ring = { agentUniqueid: picker.uniqueid, extension, by: 'pickup' as const, startedAt: at }
  const taken = addRing(stopped, ring)
  if (taken === stopped) return stopped
  return confirmAnswer(
    changeRing(taken, picker.uniqueid, { answeredAt: at }),
    picker.uniqueid,
    rules,
  )
}

/** The phone was answered while it was picked up: Asterisk takes the talk from it all the same. */
function takeTalk(
  call: Call,
  talk: Segment,
  { picker, extension, at }: EventOf<'picked_up'> & { extension: string },
): Call {
  const left = endSegment(call, talk.agentUniqueid, at)
  return addSegment(left, {
    agentUniqueid: picker.uniqueid,
    extension,
    how: 'pickup',
    startedAt: at,
  })
}

/**
 * An agent's channel and the caller are in one bridge. For calls that bypass the queue this and
 * DialEnd ANSWER are the answer; after the first answer it is enough by itself (transfers).
 */
export function bridgeAgent(call: Call, event: EventOf<'bridge_entered'>, rules: CallRules): Call {
  const { channel, at, swapUniqueid } = event
  const extension = agentExtension(channel, null, rules)
  if (extension === null) return call
  const swapped = swapUniqueid === null ? call : swapChannel(call, swapUniqueid, extension, event)
  if (findSegment(swapped, channel.uniqueid) !== undefined) return swapped
  const ring = findRing(swapped, channel.uniqueid)
  if (swapped.endedAt !== null || (ring !== undefined && ring.endedAt !== null)) return swapped
  if (ring === undefined || ring.by === 'queue') {
    return joinUnannounced(swapped, channel.uniqueid, extension, at, rules)
  }
  if (ring.bridgedAt !== null) return swapped
  return confirmAnswer(
    changeRing(swapped, channel.uniqueid, { bridgedAt: at }),
    channel.uniqueid,
    rules,
  )
}

/**
 * Nobody announced this agent. After the first answer it is a transfer. Before it AgentConnect was
 * lost in a gap, because that always comes before the bridge; while in a queue it is still to come.
 */
function joinUnannounced(
  call: Call,
  agentUniqueid: string,
  extension: string,
  at: Instant,
  rules: CallRules,
): Call {
  if (call.answeredAt !== null) return joinByTransfer(call, agentUniqueid, extension, at)
  if (call.visits.length === 0 || isInQueue(call)) return call
  const segment = { agentUniqueid, extension, how: 'recovered' as const, startedAt: at }
  const joined = { ...endRingsByAnswer(addSegment(call, segment), at, extension), recovered: true }
  return isHotline(call, rules) ? markTicketMoment(joined, at) : joined
}

/** Whether an answer without AgentConnect owes a ticket: the dialplan's tag, or the queue of entry. */
export function isHotline(call: Call, rules: CallRules): boolean {
  return call.tagged || (call.queue !== null && rules.hotlineQueues.has(call.queue))
}

/** One channel takes another's place: the same agent on the real phone, or a transfer. */
function swapChannel(
  call: Call,
  from: string,
  extension: string,
  event: EventOf<'bridge_entered'>,
): Call {
  const segment = findSegment(call, from)
  if (segment?.agentUniqueid !== from || segment.endedAt !== null) return call
  if (segment.extension === extension) return moveSegment(call, segment, event.channel.uniqueid)
  return endSegment(call, from, event.at)
}

export function joinByTransfer(
  call: Call,
  agentUniqueid: string,
  extension: string,
  at: Instant,
): Call {
  return addSegment(call, { agentUniqueid, extension, how: 'transfer', startedAt: at })
}

/** A dialled phone has both answered and met the caller. */
function confirmAnswer(call: Call, agentUniqueid: string, rules: CallRules): Call {
  const ring = findRing(call, agentUniqueid)
  if (ring === undefined || isInQueue(call)) return call
  if (ring.by === 'queue' || ring.endedAt !== null) return call
  if (ring.answeredAt === null || ring.bridgedAt === null) return call
  const startedAt = ring.answeredAt > ring.bridgedAt ? ring.answeredAt : ring.bridgedAt
  const how = howConfirmed(call, ring)
  const { extension } = ring
  const answered = addSegment(call, { agentUniqueid, extension, how, startedAt })
  const closed = endRing(answered, agentUniqueid, startedAt, 'answered')
  return isHotline(call, rules) ? markTicketMoment(closed, startedAt) : closed
}

function howConfirmed(call: Call, ring: Ring): Segment['how'] {
  if (ring.by === 'pickup') return 'pickup'
  return call.answeredAt === null ? 'direct' : 'transfer'
}
