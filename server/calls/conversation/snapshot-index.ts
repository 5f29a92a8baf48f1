import type { Instant } from '#contract/primitives.ts'
import type { LiveChannel, PbxSnapshot, WaitingEntry } from './call-event.ts'

const HALF = /^Local\/.*;[12]$/

/** A snapshot arranged for looking things up. */
export interface SnapshotIndex {
  takenAt: Instant
  bootedAt: Instant | null
  lastHeardAt: Instant | null
  channels: Map<string, LiveChannel>
  waiting: Map<string, WaitingEntry>
  bridges: Map<string, LiveChannel[]>
  /** Halves of Local channels by name, `Local/_attended@transfer-00000006;1`. */
  halves: Map<string, LiveChannel>
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
    lastHeardAt: snapshot.lastHeardAt ?? null,
    channels: new Map(snapshot.channels.map((channel) => [channel.uniqueid, channel])),
    waiting: new Map(snapshot.waiting.map((entry) => [entry.uniqueid, entry])),
    bridges,
    halves: new Map(
      snapshot.channels
        .filter(({ channel }) => HALF.test(channel))
        .map((half) => [half.channel, half]),
    ),
  }
}

/** Who else is in this channel's bridge, and in those behind the Local channels in it. */
export function peersOf(channel: LiveChannel, snapshot: SnapshotIndex): LiveChannel[] {
  const peers: LiveChannel[] = []
  const entered = new Set<string>()
  const enter = (bridgeId: string | null): void => {
    if (bridgeId === null || entered.has(bridgeId)) return
    entered.add(bridgeId)
    for (const member of snapshot.bridges.get(bridgeId) ?? []) {
      if (member.uniqueid !== channel.uniqueid) peers.push(member)
      enter(otherHalf(member, snapshot)?.bridgeId ?? null)
    }
  }
  enter(channel.bridgeId)
  return peers
}

function otherHalf({ channel }: LiveChannel, { halves }: SnapshotIndex): LiveChannel | undefined {
  if (!halves.has(channel)) return undefined
  return halves.get(`${channel.slice(0, -1)}${channel.endsWith('1') ? '2' : '1'}`)
}
