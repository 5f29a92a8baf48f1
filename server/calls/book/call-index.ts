import type { Instant } from '#contract/primitives.ts'
import type { Call } from '../conversation/call.ts'
import { customerChannel } from '../conversation/caller.ts'
import { ringerOf } from '../callback-call/ringer-channel.ts'
import { placeOf } from '../callback-call/place-channel.ts'

/** One call and every channel by which its events can come. */
export interface Entry {
  call: Call
  readonly uniqueids: string[]
}

/** Late events of an ended call still find it for this long. */
export const KEPT_AFTER_END_MS = 15 * 60_000

/**
 * The customer's side of a call: the inbound caller, or the customer's leg of a callback. Everybody
 * else on it is an agent.
 */
export function isParty(call: Call, uniqueid: string): boolean {
  return customerChannel(call) === uniqueid
}

/** Calls by each of their channels: every look-up takes one step, however many calls there are. */
export interface CallIndex {
  add(call: Call): Entry
  update(entry: Entry, call: Call): void
  /** The call that this channel belongs to. */
  get(uniqueid: string | null): Entry | undefined
  has(uniqueid: string): boolean
  byIdentity(uniqueid: string): Entry | undefined
  link(entry: Entry, uniqueid: string): void
  live(): Entry[]
  /** Whether any live call is such a one; asked with every call, so it copies nothing. */
  hasLive(isOne: (call: Call) => boolean): boolean
  /** Live calls, and those that ended within 15 minutes. */
  all(): Call[]
  /** Forgets calls that ended 15 minutes before `at` and names them. */
  dropEndedBefore(at: Instant): string[]
}

export function createCallIndex(): CallIndex {
  const entries = new Map<string, Entry>()
  const byChannel = new Map<string, Entry>()
  const live = new Set<Entry>()
  const ended = new Map<Entry, number>()

  function link(entry: Entry, uniqueid: string): void {
    if (byChannel.has(uniqueid)) return
    byChannel.set(uniqueid, entry)
    entry.uniqueids.push(uniqueid)
  }
  function update(entry: Entry, call: Call): void {
    entry.call = call
    if (call.endedAt === null || ended.has(entry)) return
    live.delete(entry)
    ended.set(entry, Date.parse(call.endedAt))
  }
  function drop(entry: Entry): void {
    ended.delete(entry)
    entries.delete(entry.call.uniqueid)
    for (const uniqueid of entry.uniqueids) byChannel.delete(uniqueid)
  }
  return {
    add(call) {
      const entry: Entry = { call, uniqueids: [] }
      entries.set(call.uniqueid, entry)
      live.add(entry)
      for (const uniqueid of channelsOf(call)) link(entry, uniqueid)
      update(entry, call)
      return entry
    },
    update,
    get: (uniqueid) => (uniqueid === null ? undefined : byChannel.get(uniqueid)),
    has: (uniqueid) => byChannel.has(uniqueid),
    byIdentity: (uniqueid) => entries.get(uniqueid),
    link,
    live: () => [...live],
    hasLive(isOne) {
      for (const { call } of live) if (isOne(call)) return true
      return false
    },
    all: () => [...entries.values()].map(({ call }) => call),
    dropEndedBefore(at) {
      const limit = Date.parse(at) - KEPT_AFTER_END_MS
      const dropped: string[] = []
      for (const [entry, endedMs] of ended) {
        if (endedMs > limit) break
        drop(entry)
        dropped.push(entry.call.uniqueid)
      }
      return dropped
    },
  }
}

function channelsOf(call: Call): string[] {
  const channels = [call.uniqueid]
  if (call.direction === 'callback') channels.push(placeOf(call.uniqueid), ringerOf(call.uniqueid))
  for (const segment of call.segments) {
    channels.push(segment.agentUniqueid, ...segment.earlierUniqueids)
  }
  for (const ring of call.rings) channels.push(ring.agentUniqueid)
  const customer = customerChannel(call)
  return customer === null ? channels : [...channels, customer]
}
