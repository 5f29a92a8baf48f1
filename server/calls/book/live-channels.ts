import type { Instant } from '#contract/primitives.ts'
import type { CallEvent, ChannelView } from '../conversation/call-event.ts'
import type { SnapshotIndex } from '../conversation/snapshot-index.ts'

type HungUp = Extract<CallEvent, { type: 'hung_up' }>

/** A channel that lives on the PBX, in a call of ours or not (yet). */
export interface KnownChannel {
  view: ChannelView
  since: Instant
  bridgeId: string | null
  /** When it last entered or left a bridge: older news of a bridge is late. */
  movedAt: Instant
}

/**
 * What lives on one PBX beside the calls: who is on which channel, in which bridge, which halves of
 * Local channels belong together, and which channels went away just now.
 */
export interface LiveChannels {
  known: Map<string, KnownChannel>
  bridges: Map<string, Set<string>>
  localPeers: Map<string, string>
  /** Who answered what a half of a Local channel dialled, by that half. */
  answeredBy: Map<string, ChannelView>
  /** Halves by name, `Local/101@agents-0000001b;1`, until the other half is seen. */
  halves: Map<string, string>
  /** Hangups in two generations: the older one is forgotten as a whole. */
  gone: { recent: Map<string, HungUp>; older: Map<string, HungUp> }
}

/** Stragglers come within moments; this many hangups are minutes of a busy PBX. */
const GENERATION = 1_000

export function createLiveChannels(): LiveChannels {
  return {
    known: new Map(),
    bridges: new Map(),
    localPeers: new Map(),
    answeredBy: new Map(),
    halves: new Map(),
    gone: { recent: new Map(), older: new Map() },
  }
}

export function noteChannel(live: LiveChannels, view: ChannelView, at: Instant): void {
  if (live.known.has(view.uniqueid) || hangupOf(live, view.uniqueid) !== undefined) return
  live.known.set(view.uniqueid, { view, since: at, bridgeId: null, movedAt: '' })
  if (view.endpoint === null) pairByName(live, view)
}

export function enterBridge(
  live: LiveChannels,
  bridgeId: string,
  view: ChannelView,
  at: Instant,
): void {
  noteChannel(live, view, at)
  const channel = live.known.get(view.uniqueid)
  if (channel === undefined || at < channel.movedAt) return
  move(live, channel, bridgeId, at)
}

export function leaveBridge(
  live: LiveChannels,
  bridgeId: string,
  uniqueid: string,
  at: Instant,
): void {
  const channel = live.known.get(uniqueid)
  if (channel === undefined || channel.bridgeId !== bridgeId || at < channel.movedAt) return
  move(live, channel, null, at)
}

function move(
  live: LiveChannels,
  channel: KnownChannel,
  bridgeId: string | null,
  at: Instant,
): void {
  channel.movedAt = at
  if (channel.bridgeId === bridgeId) return
  const { uniqueid } = channel.view
  if (channel.bridgeId !== null) {
    const members = live.bridges.get(channel.bridgeId)
    members?.delete(uniqueid)
    if (members?.size === 0) live.bridges.delete(channel.bridgeId)
  }
  channel.bridgeId = bridgeId
  if (bridgeId === null) return
  const members = live.bridges.get(bridgeId)
  if (members === undefined) live.bridges.set(bridgeId, new Set([uniqueid]))
  else members.add(uniqueid)
}

export function membersOf(live: LiveChannels, bridgeId: string): KnownChannel[] {
  const members: KnownChannel[] = []
  for (const uniqueid of live.bridges.get(bridgeId) ?? []) {
    const channel = live.known.get(uniqueid)
    if (channel !== undefined) members.push(channel)
  }
  return members
}

export function pairLocals(live: LiveChannels, one: string, two: string): void {
  live.localPeers.set(one, two)
  live.localPeers.set(two, one)
}

/** The halves of a Local channel share a name but for its end: known even when LocalBridge was lost. */
function pairByName(live: LiveChannels, { channel, uniqueid }: ChannelView): void {
  const end = /;([12])$/.exec(channel)?.[1]
  if (end === undefined) return
  const other = live.halves.get(`${channel.slice(0, -1)}${end === '1' ? '2' : '1'}`)
  if (other !== undefined) pairLocals(live, uniqueid, other)
  live.halves.set(channel, uniqueid)
}

export function noteAnswer(live: LiveChannels, caller: ChannelView, agent: ChannelView): void {
  if (caller.endpoint === null && live.known.has(caller.uniqueid))
    live.answeredBy.set(caller.uniqueid, agent)
}

/** Zombies of a masquerade carry another channel's identity: they say nothing. */
export function noteHangup(live: LiveChannels, event: HungUp): void {
  const { uniqueid, channel } = event.channel
  if (channel.endsWith('<ZOMBIE>')) return
  forget(live, uniqueid)
  if (live.gone.recent.size >= GENERATION) {
    live.gone = { recent: new Map(), older: live.gone.recent }
  }
  live.gone.recent.set(uniqueid, event)
}

/** The Hangup of a channel that went away just now. */
export function hangupOf(live: LiveChannels, uniqueid: string): HungUp | undefined {
  return live.gone.recent.get(uniqueid) ?? live.gone.older.get(uniqueid)
}

function forget(live: LiveChannels, uniqueid: string): void {
  const channel = live.known.get(uniqueid)
  if (channel !== undefined) move(live, channel, null, channel.movedAt)
  live.known.delete(uniqueid)
  live.answeredBy.delete(uniqueid)
  if (channel !== undefined) live.halves.delete(channel.view.channel)
  live.localPeers.delete(uniqueid)
}

/** After a gap the PBX's own list replaces what was noted before it was asked. */
export function replaceChannels(live: LiveChannels, snapshot: SnapshotIndex): void {
  for (const [uniqueid, channel] of live.known) {
    if (channel.since < snapshot.takenAt && !snapshot.channels.has(uniqueid)) forget(live, uniqueid)
  }
  for (const channel of snapshot.channels.values()) {
    noteChannel(live, channel, snapshot.takenAt)
    const known = live.known.get(channel.uniqueid)
    if (known === undefined || known.movedAt > snapshot.takenAt) continue
    move(live, known, channel.bridgeId, snapshot.takenAt)
  }
}
