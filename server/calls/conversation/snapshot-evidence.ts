import type { Instant } from '#contract/primitives.ts'
import { agentExtension, type CallRules } from './agent-extension.ts'
import { type Call } from './call.ts'
import { addSegment, endRing, endSegment } from './call-agents.ts'
import { isHotline, markTicketMoment } from './answer.ts'
import { endCall } from './call-end.ts'
import type { LiveChannel, PbxSnapshot, WaitingEntry } from './call-event.ts'
import { beInQueue, leaveQueue } from './queue-visits.ts'
import { customerAnswered, seeAgentChannel, seeCustomer } from '../callback-call/callback-legs.ts'
import { plusSeconds } from '../../time.ts'

/** A snapshot arranged for looking things up. */
export interface SnapshotIndex {
  takenAt: Instant
  bootedAt: Instant | null
  channels: Map<string, LiveChannel>
  waiting: Map<string, WaitingEntry>
  bridges: Map<string, LiveChannel[]>
}

export function indexSnapshot(snapshot: PbxSnapshot): SnapshotIndex {
  const bridges = new Map<string, LiveChannel[]>()
  for (const channel of snapshot.channels) {
    if (channel.bridgeId === null) continue
    const members = bridges.get(channel.bridgeId)
    if (members === undefined) bridges.set(channel.bridgeId, [channel])
    else members.push(channel)
  }
  return {
    takenAt: snapshot.takenAt,
    bootedAt: snapshot.bootedAt,
    channels: new Map(snapshot.channels.map((channel) => [channel.uniqueid, channel])),
    waiting: new Map(snapshot.waiting.map((entry) => [entry.uniqueid, entry])),
    bridges,
  }
}

/**
 * One call held against what the PBX shows now. The caller of this adds `stand`; facts follow from
 * the difference.
 */
export function reconcile(call: Call, seen: SnapshotIndex, rules: CallRules): Call {
  if (call.endedAt !== null || call.enteredAt > seen.takenAt) return call
  if (seen.bootedAt !== null && call.enteredAt < seen.bootedAt) return notSeen(call, seen.bootedAt)
  const party = partyOf(call, seen)
  if (party === undefined) return notSeen(call, seen.takenAt)
  const alive = dropDeadLegs(call, seen)
  if (call.callback !== null) return seenCallback(alive, party, seen, rules)
  const waiting = seen.waiting.get(party.uniqueid)
  if (waiting !== undefined) {
    return beInQueue(alive, waiting.queue, seen.takenAt, waiting.waitSeconds)
  }
  return party.bridgeId === null
    ? leaveQueue(alive, null, seen.takenAt)
    : seenTalking(alive, party, seen, rules)
}

/** The caller's channel; of a callback, the customer's or else the agent's. */
function partyOf(call: Call, seen: SnapshotIndex): LiveChannel | undefined {
  const customer = call.callback?.customerUniqueid ?? null
  const channel = customer === null ? undefined : seen.channels.get(customer)
  return channel ?? seen.channels.get(call.uniqueid)
}

/** Nobody heard the end; a Hangup that is still on its way corrects it. */
function notSeen(call: Call, at: Instant): Call {
  return endCall(call, { at, cause: null, heard: false, told: null })
}

function dropDeadLegs(call: Call, seen: SnapshotIndex): Call {
  const isGone = (uniqueid: string, since: Instant): boolean =>
    since < seen.takenAt && !seen.channels.has(uniqueid)
  let next = call
  for (const ring of call.rings) {
    if (ring.endedAt !== null || !isGone(ring.agentUniqueid, ring.startedAt)) continue
    next = endRing(next, ring.agentUniqueid, seen.takenAt, 'no_answer')
  }
  for (const segment of call.segments) {
    if (segment.endedAt !== null || !isGone(segment.agentUniqueid, segment.startedAt)) continue
    next = endSegment(next, segment.agentUniqueid, seen.takenAt)
  }
  return next
}

function seenTalking(call: Call, party: LiveChannel, seen: SnapshotIndex, rules: CallRules): Call {
  let next = leaveQueue(call, null, seen.takenAt)
  for (const peer of peersOf(party, seen)) {
    const extension = agentExtension(peer, null, rules)
    if (extension !== null) next = joinRecovered(next, peer, extension, seen, rules)
  }
  return next
}

/** Whoever shares the agent's bridge and is no phone of ours is the customer. */
function seenCallback(call: Call, party: LiveChannel, seen: SnapshotIndex, rules: CallRules): Call {
  const agent = seen.channels.get(call.uniqueid)
  if (agent === undefined) {
    const isNews = call.agentLegEndedAt === null
    const left = isNews ? { ...call, agentLegEndedAt: seen.takenAt } : call
    return seenTalking(left, party, seen, rules)
  }
  const customer = peersOf(agent, seen).find((peer) => agentExtension(peer, null, rules) === null)
  const ringing = dropCustomerLeg(seeAgentChannel(call), seen)
  if (customer === undefined) return ringing
  const met = seeCustomer(ringing, customer.uniqueid, seen.takenAt)
  return customerAnswered(met, agent, seen.takenAt, rules)
}

function dropCustomerLeg(call: Call, seen: SnapshotIndex): Call {
  const customer = call.callback?.customerUniqueid ?? null
  const isGone = customer !== null && !seen.channels.has(customer)
  if (!isGone || call.customerLegEndedAt !== null) return call
  return { ...call, customerLegEndedAt: seen.takenAt }
}

function peersOf(channel: LiveChannel, seen: SnapshotIndex): LiveChannel[] {
  const members = channel.bridgeId === null ? [] : (seen.bridges.get(channel.bridgeId) ?? [])
  return members.filter((member) => member.uniqueid !== channel.uniqueid)
}

/** Answered while nobody listened. The agent's phone began to ring when its channel was made. */
function joinRecovered(
  call: Call,
  peer: LiveChannel,
  extension: string,
  seen: SnapshotIndex,
  rules: CallRules,
): Call {
  const rang = plusSeconds(seen.takenAt, -peer.durationSeconds)
  const startedAt = rang > call.enteredAt ? rang : call.enteredAt
  const isFirst = call.answeredAt === null
  const segment = { agentUniqueid: peer.uniqueid, extension, startedAt }
  const joined = addSegment(call, { ...segment, how: isFirst ? 'recovered' : 'transfer' })
  if (joined === call || !isFirst) return joined
  const recovered = { ...joined, recovered: true }
  return isHotline(call, rules) ? markTicketMoment(recovered, startedAt) : recovered
}
