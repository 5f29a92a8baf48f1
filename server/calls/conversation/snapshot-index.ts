import type { Instant } from '#contract/primitives.ts'
import type { LiveChannel, PbxSnapshot, WaitingEntry } from './call-event.ts'

/** A snapshot arranged for looking things up. */
export interface SnapshotIndex {
  takenAt: Instant
  bootedAt: Instant | null
  lastHeardAt: Instant | null
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
    lastHeardAt: snapshot.lastHeardAt ?? null,
    channels: new Map(snapshot.channels.map((channel) => [channel.uniqueid, channel])),
    waiting: new Map(snapshot.waiting.map((entry) => [entry.uniqueid, entry])),
    bridges,
  }
}

/** Who else is in this channel's bridge. */
export function peersOf(channel: LiveChannel, snapshot: SnapshotIndex): LiveChannel[] {
  const members = channel.bridgeId === null ? [] : (snapshot.bridges.get(channel.bridgeId) ?? [])
  return members.filter((member) => member.uniqueid !== channel.uniqueid)
}
