import type { CallEvent, ChannelView } from '../conversation/call-event.ts'
import { type LiveChannels, membersOf } from './live-channels.ts'

/** Local channels behind Local channels end somewhere. */
const DEEPEST = 5

/**
 * The phone behind one half of a Local channel: the one that its other half is bridged with, or whose
 * answer it has. Null for a half that leads to no phone yet (a queue, an announcement).
 */
export function phoneBehind(live: LiveChannels, uniqueid: string, depth = 0): ChannelView | null {
  const peer = live.localPeers.get(uniqueid)
  if (peer === undefined || depth > DEEPEST) return null
  const bridgeId = live.known.get(peer)?.bridgeId ?? null
  const met = bridgeId === null ? [] : membersOf(live, bridgeId).map(({ view }) => view)
  const answered = live.answeredBy.get(peer)
  for (const view of answered === undefined ? met : [...met, answered]) {
    if (view.uniqueid === peer) continue
    const phone = view.endpoint === null ? phoneBehind(live, view.uniqueid, depth + 1) : view
    if (phone !== null) return phone
  }
  return null
}

/**
 * Everybody who hears a bridge: its members, and through Local channels those of the bridges behind
 * them. Halves of Local channels are left out.
 */
export function hearersOf(
  live: LiveChannels,
  bridgeId: string,
  heard: Set<string> = new Set(),
): ChannelView[] {
  if (heard.has(bridgeId)) return []
  heard.add(bridgeId)
  return membersOf(live, bridgeId).flatMap(({ view }) => {
    if (view.endpoint !== null) return [view]
    const peer = live.localPeers.get(view.uniqueid)
    const behind = peer === undefined ? null : (live.known.get(peer)?.bridgeId ?? null)
    return behind === null ? [] : hearersOf(live, behind, heard)
  })
}

/** The event with the phone in the place of a Local channel that leads to it. */
export function withPhone(live: LiveChannels, event: CallEvent): CallEvent {
  if (event.type !== 'agent_connected' || event.agent.endpoint !== null) return event
  const phone = phoneBehind(live, event.agent.uniqueid)
  return phone === null ? event : { ...event, agent: phone }
}

/** Whether this Local half's other half talks with an agent alone: the agent asks somebody for help. */
export function isConsult(
  live: LiveChannels,
  caller: ChannelView,
  isParty: (uniqueid: string) => boolean,
): boolean {
  const peer = caller.endpoint === null ? live.localPeers.get(caller.uniqueid) : undefined
  const bridgeId = peer === undefined ? null : (live.known.get(peer)?.bridgeId ?? null)
  if (bridgeId === null) return false
  return !hearersOf(live, bridgeId).some(({ uniqueid }) => isParty(uniqueid))
}
