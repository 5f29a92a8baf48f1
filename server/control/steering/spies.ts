import type { SpyMode } from '#contract/supervision/steering.ts'
import type { CallEvent, LiveChannel } from '../../calls/conversation/call-event.ts'
import type { SpyEvent } from './steering-order.ts'

/** A supervisor who hears an agent, or whose phone rings for it. */
export interface Spy {
  pbxId: string
  /** Uniqueid of the supervisor's channel. */
  channelId: string
  /** The supervisor's. */
  extension: string
  /** Uniqueid of the agent's channel. */
  agentUniqueid: string
  mode: SpyMode
  isOn: boolean
}

/** By the supervisor's channel. Every change makes a new value. */
export type Spies = ReadonlyMap<string, Spy>

const PREFIX = 'spy-'
/** `pbx1-1795.1,uqESbwg(hotline)` as CoreShowChannels lists it. */
const LISTED = /^([^,]+),([A-Za-z]+)g\(/

export function isSpyChannel(uniqueid: string): boolean {
  return uniqueid.startsWith(PREFIX)
}

export function withSpy(spies: Spies, spy: Spy): Spies {
  return new Map(spies).set(spy.channelId, spy)
}

export function withoutSpy(spies: Spies, channelId: string): Spies {
  return spies.has(channelId) ? new Map([...spies].filter(([id]) => id !== channelId)) : spies
}

/** What a call's events say: a channel that is gone hears nobody, a snapshot shows who is there. */
export function spiesAfterCall(spies: Spies, event: CallEvent): Spies {
  if (event.type === 'hung_up') return withoutSpy(spies, event.channel.uniqueid)
  if (event.type === 'originate_responded' && event.channelId !== null && !event.succeeded) {
    return withoutSpy(spies, event.channelId)
  }
  return event.type === 'snapshot_taken'
    ? spiesSeen(spies, event.pbxId, event.snapshot.channels)
    : spies
}

/** An order whose phone does not ring yet is in no snapshot. */
function spiesSeen(spies: Spies, pbxId: string, channels: readonly LiveChannel[]): Spies {
  const seen = channels.flatMap((channel) => {
    const spy = spySeen(pbxId, channel) ?? spies.get(channel.uniqueid)
    return spy === undefined ? [] : [[channel.uniqueid, spy] as const]
  })
  if (spies.size === 0 && seen.length === 0) return spies
  const kept = [...spies].filter(([, spy]) => spy.pbxId !== pbxId || !spy.isOn)
  return new Map([...kept, ...seen])
}

/** ChanSpyStop comes between two modes of one channel too: only its end is the end. */
export function spiesAfterSpy(spies: Spies, event: SpyEvent): Spies {
  const spy = spies.get(event.spyUniqueid)
  if (spy === undefined || event.type !== 'spy_started') return spies
  return withSpy(spies, { ...spy, isOn: true })
}

function spySeen(pbxId: string, channel: LiveChannel): Spy | undefined {
  const { uniqueid, endpoint, application, applicationData } = channel
  if (!isSpyChannel(uniqueid) || application !== 'ChanSpy') return undefined
  const [, agentUniqueid, options] = LISTED.exec(applicationData) ?? []
  if (agentUniqueid === undefined || options === undefined) return undefined
  const mode = options.includes('B') ? 'barge' : options.includes('w') ? 'whisper' : 'listen'
  const extension = (endpoint ?? '').replace(/^web-/, '')
  return { pbxId, channelId: uniqueid, extension, agentUniqueid, mode, isOn: true }
}
