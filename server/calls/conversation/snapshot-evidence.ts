import type { Instant } from '#contract/primitives.ts'
import { agentExtension, type CallRules } from './agent-extension.ts'
import { type Call } from './call.ts'
import { endRing } from './rings.ts'
import { addSegment, endSegment } from './segments.ts'
import { isHotline, markTicketMoment } from './answer.ts'
import { endCall } from './call-end.ts'
import type { LiveChannel, PbxSnapshot, WaitingEntry } from './call-event.ts'
import { inferVisit, leaveQueue } from './queue-visits.ts'
import {
  withCustomerAnswer,
  withAgentRinging,
  withCustomerLeg,
} from '../callback-call/callback-legs.ts'
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
 * One call held against what the PBX shows now. Status is left to `deriveStatus`; facts follow from
 * the difference.
 */
export function reconcile(call: Call, snapshot: SnapshotIndex, rules: CallRules): Call {
  if (call.endedAt !== null || call.enteredAt > snapshot.takenAt) return call
  if (snapshot.bootedAt !== null && call.enteredAt < snapshot.bootedAt)
    return endUnseen(call, snapshot.bootedAt)
  const party = partyOf(call, snapshot)
  if (party === undefined) return endUnseen(call, snapshot.takenAt)
  const alive = dropDeadLegs(call, snapshot)
  if (call.callback !== null) return reconcileCallback(alive, party, snapshot, rules)
  const waiting = snapshot.waiting.get(party.uniqueid)
  if (waiting !== undefined) {
    return inferVisit(alive, waiting.queue, snapshot.takenAt, waiting.waitSeconds)
  }
  return party.bridgeId === null
    ? leaveQueue(alive, null, snapshot.takenAt)
    : reconcileTalking(alive, party, snapshot, rules)
}

/** The caller's channel; of a callback, the customer's or else the agent's. */
function partyOf(call: Call, snapshot: SnapshotIndex): LiveChannel | undefined {
  const customer = call.callback?.customerUniqueid ?? null
  const channel = customer === null ? undefined : snapshot.channels.get(customer)
  return channel ?? snapshot.channels.get(call.uniqueid)
}

/** Nobody heard the end; a Hangup that is still on its way corrects it. */
function endUnseen(call: Call, at: Instant): Call {
  return endCall(call, { at, cause: null, heard: false, outcome: null })
}

function dropDeadLegs(call: Call, snapshot: SnapshotIndex): Call {
  const isGone = (uniqueid: string, since: Instant): boolean =>
    since < snapshot.takenAt && !snapshot.channels.has(uniqueid)
  let next = call
  for (const ring of call.rings) {
    if (ring.endedAt !== null || !isGone(ring.agentUniqueid, ring.startedAt)) continue
    next = endRing(next, ring.agentUniqueid, snapshot.takenAt, 'no_answer')
  }
  for (const segment of call.segments) {
    if (segment.endedAt !== null || !isGone(segment.agentUniqueid, segment.startedAt)) continue
    next = endSegment(next, segment.agentUniqueid, snapshot.takenAt)
  }
  return next
}

function reconcileTalking(
  call: Call,
  party: LiveChannel,
  snapshot: SnapshotIndex,
  rules: CallRules,
): Call {
  let next = leaveQueue(call, null, snapshot.takenAt)
  for (const peer of peersOf(party, snapshot)) {
    const extension = agentExtension(peer, null, rules)
    if (extension !== null) next = joinRecovered(next, peer, extension, snapshot, rules)
  }
  return next
}

/** Whoever shares the agent's bridge and is no phone of ours is the customer. */
function reconcileCallback(
  call: Call,
  party: LiveChannel,
  snapshot: SnapshotIndex,
  rules: CallRules,
): Call {
  const agent = snapshot.channels.get(call.uniqueid)
  if (agent === undefined) {
    const isNews = call.agentLegEndedAt === null
    const left = isNews ? { ...call, agentLegEndedAt: snapshot.takenAt } : call
    return reconcileTalking(left, party, snapshot, rules)
  }
  const customer = peersOf(agent, snapshot).find(
    (peer) => agentExtension(peer, null, rules) === null,
  )
  const ringing = dropCustomerLeg(withAgentRinging(call), snapshot)
  if (customer === undefined) return ringing
  const met = withCustomerLeg(ringing, customer.uniqueid, snapshot.takenAt)
  return withCustomerAnswer(met, agent, snapshot.takenAt, rules)
}

function dropCustomerLeg(call: Call, snapshot: SnapshotIndex): Call {
  const customer = call.callback?.customerUniqueid ?? null
  const isGone = customer !== null && !snapshot.channels.has(customer)
  if (!isGone || call.customerLegEndedAt !== null) return call
  return { ...call, customerLegEndedAt: snapshot.takenAt }
}

function peersOf(channel: LiveChannel, snapshot: SnapshotIndex): LiveChannel[] {
  const members = channel.bridgeId === null ? [] : (snapshot.bridges.get(channel.bridgeId) ?? [])
  return members.filter((member) => member.uniqueid !== channel.uniqueid)
}

/** Answered while nobody listened. The agent's phone began to ring when its channel was made. */
function joinRecovered(
  call: Call,
  peer: LiveChannel,
  extension: string,
  snapshot: SnapshotIndex,
  rules: CallRules,
): Call {
  const rang = plusSeconds(snapshot.takenAt, -peer.durationSeconds)
  const startedAt = rang > call.enteredAt ? rang : call.enteredAt
  const isFirst = call.answeredAt === null
  const segment = { agentUniqueid: peer.uniqueid, extension, startedAt }
  const joined = addSegment(call, { ...segment, how: isFirst ? 'recovered' : 'transfer' })
  if (joined === call || !isFirst) return joined
  const recovered = { ...joined, recovered: true }
  return isHotline(call, rules) ? markTicketMoment(recovered, startedAt) : recovered
}
