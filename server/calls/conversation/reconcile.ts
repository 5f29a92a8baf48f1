import type { Instant } from '#contract/primitives.ts'
import { laterOf, plusSeconds } from '../../time.ts'
import { agentExtension, type CallRules } from './agent-extension.ts'
import { isHotline, isJournalLeg, markTicketMoment } from './answer.ts'
import type { Call, InboundCall, Segment } from './call.ts'
import { endCall } from './call-end.ts'
import type { LiveChannel } from './call-event.ts'
import { withCaller } from './caller.ts'
import { inferVisit, leaveUnheard } from './queue-visits.ts'
import { endRing } from './rings.ts'
import { addSegment, endSegment, moveSegment } from './segments.ts'
import { peersOf, type SnapshotIndex } from './snapshot-index.ts'

/** An inbound call that is not over, held against what the PBX shows now. */
export function reconcileInbound(
  call: InboundCall,
  snapshot: SnapshotIndex,
  rules: CallRules,
): Call {
  const caller = snapshot.channels.get(call.uniqueid)
  if (caller === undefined) return endUnseen(call, snapshot.takenAt)
  const shown = claimJournalLegs(withCaller(call, caller), caller, snapshot, rules)
  const alive = dropDeadLegs(shown, snapshot)
  const waiting = snapshot.waiting.get(caller.uniqueid)
  if (waiting !== undefined) {
    return inferVisit(alive, waiting.queue, snapshot.takenAt, waiting.waitSeconds)
  }
  return caller.bridgeId === null
    ? leaveUnheard(alive, snapshot.takenAt)
    : joinSeenAgents(alive, caller, snapshot, rules)
}

/**
 * The journal names the phone that answered and no channel: it is the one of that phone in the
 * customer's bridge. An agent who is not there any more left when the first of the others came.
 */
function claimJournalLegs<C extends Call>(
  call: C,
  customer: LiveChannel,
  snapshot: SnapshotIndex,
  rules: CallRules,
): C {
  let next = call
  const peers = peersOf(customer, snapshot)
  for (const segment of call.segments) {
    if (segment.endedAt !== null || !isJournalLeg(segment.agentUniqueid)) continue
    const same = peers.find((peer) => agentExtension(peer, null, rules) === segment.extension)
    next =
      same === undefined
        ? endSegment(next, segment.agentUniqueid, handoverAt(segment, peers, snapshot))
        : moveSegment(next, segment, same.uniqueid)
  }
  return next
}

function handoverAt(segment: Segment, peers: LiveChannel[], snapshot: SnapshotIndex): Instant {
  const later = peers
    .map((peer) => plusSeconds(snapshot.takenAt, -peer.durationSeconds))
    .filter((since) => since > segment.startedAt)
  return later.toSorted()[0] ?? snapshot.takenAt
}

/** Nobody heard the end; a Hangup that is still on its way corrects it. */
export function endUnseen(call: Call, at: Instant): Call {
  return endCall(call, { at, cause: null, heard: false, outcome: null })
}

/** Phones that were there before the snapshot and are not in it have gone. */
export function dropDeadLegs<C extends Call>(call: C, snapshot: SnapshotIndex): C {
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

/** Agents who share the customer's bridge take part. */
export function joinSeenAgents(
  call: Call,
  customer: LiveChannel,
  snapshot: SnapshotIndex,
  rules: CallRules,
): Call {
  let next = leaveUnheard(call, snapshot.takenAt)
  for (const peer of peersOf(customer, snapshot)) {
    const extension = agentExtension(peer, null, rules)
    if (extension !== null) next = joinRecovered(next, peer, extension, snapshot, rules)
  }
  return next
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
  const isFirst = call.answeredAt === null
  // a phone that took over from another may have been called before that one answered
  const startedAt = laterOf(rang, call.answeredAt ?? call.enteredAt)
  const segment = { agentUniqueid: peer.uniqueid, extension, startedAt }
  const joined = addSegment(call, { ...segment, how: isFirst ? 'recovered' : 'transfer' })
  if (joined === call || !isFirst) return joined
  const recovered = { ...joined, recovered: true }
  return isHotline(call, rules) ? markTicketMoment(recovered, startedAt) : recovered
}
