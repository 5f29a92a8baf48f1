import type { Quality } from './phone.ts'

/** What RTP says of one call since it began, as a browser counts. */
export interface RtpCounts {
  received: number
  lost: number
  /** Seconds. */
  jitter: number
  /** Seconds there and back; null until the other side has told. */
  roundTrip: number | null
}

/** At the beginning of a call. */
export const NOTHING_YET: RtpCounts = { received: 0, lost: 0, jitter: 0, roundTrip: null }

/** Shares of lost packets and times (s) from which a talk suffers; after ITU-T G.114 for the delay. */
const MIDDLING = { loss: 0.02, jitter: 0.03, roundTrip: 0.3 }
const BAD = { loss: 0.08, jitter: 0.08, roundTrip: 0.6 }

/** How the voice is between two looks; `isHeld`: nothing comes, and nothing should. */
export function qualityOf(before: RtpCounts, now: RtpCounts, isHeld: boolean): Quality {
  const received = now.received - before.received
  const lost = Math.max(0, now.lost - before.lost)
  if (received + lost === 0) return isHeld ? 'good' : 'bad'
  const seen = { loss: lost / (received + lost), jitter: now.jitter, roundTrip: now.roundTrip ?? 0 }
  if (isOver(seen, BAD)) return 'bad'
  return isOver(seen, MIDDLING) ? 'middling' : 'good'
}

/** How a call stands after a look at it, when the PBX was away meanwhile. */
export interface Look {
  /** How its way through the network is (`RTCPeerConnection.iceConnectionState`). */
  ice: RTCIceConnectionState
  /** Nothing comes, and nothing should. */
  isHeld: boolean
}

/** Whether anything shows that the other side is still in this call. */
export function isAlive(before: RtpCounts, now: RtpCounts, { ice, isHeld }: Look): boolean {
  const hasWay = ice === 'connected' || ice === 'completed'
  return hasWay && (isHeld || now.received > before.received)
}

function isOver(seen: typeof MIDDLING, limit: typeof MIDDLING): boolean {
  return seen.loss >= limit.loss || seen.jitter >= limit.jitter || seen.roundTrip >= limit.roundTrip
}

/** What is read of a row of `RTCPeerConnection.getStats()`. */
export interface StatsRow {
  type: string
  kind?: string
  packetsReceived?: number
  packetsLost?: number
  jitter?: number
  roundTripTime?: number
}

/** The counts in a browser's report, which has no row for a voice of which nothing ever came. */
export function countsOf(rows: readonly StatsRow[]): RtpCounts {
  const inbound = rows.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
  const remote = rows.find(({ type, kind }) => type === 'remote-inbound-rtp' && kind === 'audio')
  return {
    received: inbound?.packetsReceived ?? 0,
    lost: inbound?.packetsLost ?? 0,
    jitter: inbound?.jitter ?? 0,
    roundTrip: remote?.roundTripTime ?? null,
  }
}
