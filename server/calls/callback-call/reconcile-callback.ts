import { agentExtension, type CallRules } from '../conversation/agent-extension.ts'
import type { Call, CallbackCall } from '../conversation/call.ts'
import type { LiveChannel } from '../conversation/call-event.ts'
import { dropDeadLegs, endUnseen, joinSeenAgents } from '../conversation/reconcile.ts'
import { peersOf, type SnapshotIndex } from '../conversation/snapshot-index.ts'
import {
  withAgentAnswer,
  withAgentRinging,
  withCustomerAnswer,
  withCustomerLeg,
  withEvidence,
} from './callback-evidence.ts'
import {
  markedByName,
  withConsent,
  withCustomer,
  withPickUp,
  withPlacedAgent as withAgentOfQueue,
} from './customer-first.ts'
import { placeOf } from './place-channel.ts'
import { ringerOf } from './ringer-channel.ts'

/** A callback that is not over, held against what the PBX shows now. */
export function reconcileCallback(
  call: CallbackCall,
  snapshot: SnapshotIndex,
  rules: CallRules,
): Call {
  const agent = snapshot.channels.get(call.uniqueid)
  const customer = customerOf(call, snapshot)
  const alive = dropDeadLegs(call, snapshot)
  if (agent !== undefined) {
    const marked = markedByName(alive, agent.channel)
    if (marked.callback.customerFirst !== null) {
      return withCustomerFirstSeen(marked, agent, snapshot, rules)
    }
  }
  if (agent !== undefined) return withAgentSeen(alive, agent, snapshot, rules)
  if (customer === undefined) return endUnseen(call, snapshot.takenAt)
  const isNews = alive.agentLegEndedAt === null
  const left = isNews ? { ...alive, agentLegEndedAt: snapshot.takenAt } : alive
  return joinSeenAgents(left, customer, snapshot, rules)
}

function customerOf(call: CallbackCall, snapshot: SnapshotIndex): LiveChannel | undefined {
  const { customerUniqueid } = call.callback
  return customerUniqueid === null ? undefined : snapshot.channels.get(customerUniqueid)
}

/** Whoever shares the agent's bridge and is no phone of ours is the customer. */
function withAgentSeen(
  call: CallbackCall,
  agent: LiveChannel,
  snapshot: SnapshotIndex,
  rules: CallRules,
): CallbackCall {
  const customer = peersOf(agent, snapshot).find(
    (peer) => agentExtension(peer, null, rules) === null,
  )
  const seen = withPlacedAgent(withAgentRinging(call, agent.channel), snapshot, rules)
  const ringing = dropCustomerLeg(seen, snapshot)
  if (customer === undefined) return ringing
  const met = withCustomerLeg(ringing, customer.uniqueid, snapshot.takenAt)
  return withCustomerAnswer(met, agent, snapshot.takenAt, rules)
}

/** The customer beside the channel that dialled them, and the agent beside our own. */
function withCustomerFirstSeen(
  call: CallbackCall,
  own: LiveChannel,
  snapshot: SnapshotIndex,
  rules: CallRules,
): Call {
  const at = snapshot.takenAt
  const ringer = snapshot.channels.get(ringerOf(call.uniqueid))
  const beside = ringer === undefined ? [] : peersOf(ringer, snapshot)
  const customer = beside.find(
    (peer) => peer.endpoint !== null && agentExtension(peer, null, rules) === null,
  )
  const met = customer && withPickUp(withCustomer(call, customer.uniqueid), at)
  const isWaiting = snapshot.waiting.has(own.uniqueid) || own.application === 'Queue'
  const seen = isWaiting ? withConsent(met ?? call, 'given', at) : (met ?? call)
  if (seen.callback.placedAgent !== null) return joinSeenAgents(seen, own, snapshot, rules)
  for (const { uniqueid, ...peer } of peersOf(own, snapshot)) {
    const extension = agentExtension({ uniqueid, ...peer }, null, rules)
    if (extension !== null) return withAgentOfQueue(seen, { uniqueid, extension }, at)
  }
  return seen
}

/** Of a caller who keeps a place: who shares the bridge of the place answered for the queue. */
function withPlacedAgent(
  call: CallbackCall,
  snapshot: SnapshotIndex,
  rules: CallRules,
): CallbackCall {
  const place = snapshot.channels.get(placeOf(call.uniqueid))
  if (place === undefined || call.callback.placedAgent !== null) return call
  for (const peer of peersOf(place, snapshot)) {
    const extension = agentExtension(peer, null, rules)
    const placedAgent = { uniqueid: peer.uniqueid, extension: extension ?? '' }
    if (extension !== null) {
      return withAgentAnswer(withEvidence(call, { placedAgent }), snapshot.takenAt)
    }
  }
  return call
}

function dropCustomerLeg(call: CallbackCall, snapshot: SnapshotIndex): CallbackCall {
  const isDialled = call.callback.customerUniqueid !== null
  const isGone = isDialled && customerOf(call, snapshot) === undefined
  if (!isGone || call.customerLegEndedAt !== null) return call
  return { ...call, customerLegEndedAt: snapshot.takenAt }
}
