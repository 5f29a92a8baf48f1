import type { Instant } from '#contract/primitives.ts'
import { type Call, type Ring, type Segment } from './call.ts'
import { endHold } from './hold.ts'
import { laterOf, earlierOf } from '../../time.ts'

/** A call that rings twenty phones in turn for ten minutes must stay small; open rings all stay. */
const RINGS_KEPT = 48

/** Adds a ringing phone, unless this channel is known already. */
export function addRing(
  call: Call,
  ring: Pick<Ring, 'agentUniqueid' | 'extension' | 'by' | 'startedAt'>,
): Call {
  if (call.endedAt !== null || findRing(call, ring.agentUniqueid) !== undefined) return call
  const fresh: Ring = { ...ring, answeredAt: null, bridgedAt: null, endedAt: null, end: null }
  const kept = call.rings.length < RINGS_KEPT ? call.rings : withoutOldestEnded(call.rings)
  return { ...call, rings: [...kept, fresh] }
}

function withoutOldestEnded(rings: Ring[]): Ring[] {
  const oldest = rings.findIndex((ring) => ring.endedAt !== null)
  return oldest === -1 ? rings : rings.toSpliced(oldest, 1)
}

export function findRing(call: Call, agentUniqueid: string): Ring | undefined {
  return call.rings.find((ring) => ring.agentUniqueid === agentUniqueid)
}

export function changeRing(call: Call, agentUniqueid: string, change: Partial<Ring>): Call {
  return {
    ...call,
    rings: call.rings.map((ring) =>
      ring.agentUniqueid === agentUniqueid ? { ...ring, ...change } : ring,
    ),
  }
}

/** Ends one phone's ringing; the first word about it stays. */
export function endRing(
  call: Call,
  agentUniqueid: string,
  at: Instant,
  end: NonNullable<Ring['end']>,
): Call {
  const ring = findRing(call, agentUniqueid)
  if (ring === undefined || ring.endedAt !== null) return call
  return changeRing(call, agentUniqueid, { endedAt: at, end })
}

/** Ends every phone that still rings. */
export function endRings(call: Call, at: Instant, end: NonNullable<Ring['end']>): Call {
  return endEach(call, at, () => end)
}

/** One agent answered: that agent's phones and the others' stop ringing, each for its reason. */
export function settleRings(call: Call, at: Instant, winner: string): Call {
  return endEach(call, at, (ring) =>
    ring.extension === winner ? 'answered' : 'answered_elsewhere',
  )
}

function endEach(call: Call, at: Instant, endOf: (ring: Ring) => NonNullable<Ring['end']>): Call {
  const isOver = (ring: Ring): boolean => ring.endedAt === null && ring.startedAt <= at
  if (!call.rings.some(isOver)) return call
  return {
    ...call,
    rings: call.rings.map((ring) =>
      isOver(ring) ? { ...ring, endedAt: at, end: endOf(ring) } : ring,
    ),
  }
}

/** The agent's part that this channel belongs or belonged to. */
export function findSegment(call: Call, agentUniqueid: string): Segment | undefined {
  return call.segments.findLast(
    (segment) =>
      segment.agentUniqueid === agentUniqueid || segment.earlierUniqueids.includes(agentUniqueid),
  )
}

/**
 * An agent takes part from now on; a call that is over gets the part too, already ended. An agent
 * who takes part already has only changed channels.
 */
export function addSegment(
  call: Call,
  segment: Pick<Segment, 'agentUniqueid' | 'extension' | 'how' | 'startedAt'>,
): Call {
  if (findSegment(call, segment.agentUniqueid) !== undefined) return call
  const same = call.segments.find((s) => s.extension === segment.extension && s.endedAt === null)
  if (same !== undefined) return moveSegment(call, same, segment.agentUniqueid)
  const endedAt = call.endedAt === null ? null : laterOf(call.endedAt, segment.startedAt)
  return {
    ...endRing(call, segment.agentUniqueid, segment.startedAt, 'answered'),
    answeredAt: earlierOf(call.answeredAt, segment.startedAt),
    segments: [...call.segments, { ...segment, earlierUniqueids: [], endedAt }],
  }
}

/** The same agent on another channel. */
export function moveSegment(call: Call, of: Segment, agentUniqueid: string): Call {
  const earlierUniqueids = [...of.earlierUniqueids, of.agentUniqueid]
  return changeSegment(call, of, { agentUniqueid, earlierUniqueids })
}

export function changeSegment(call: Call, of: Segment, change: Partial<Segment>): Call {
  return {
    ...call,
    segments: call.segments.map((segment) =>
      segment === of ? { ...segment, ...change } : segment,
    ),
  }
}

/** The agent on this channel is gone; an earlier word about it wins. */
export function endSegment(call: Call, agentUniqueid: string, at: Instant): Call {
  const segment = findSegment(call, agentUniqueid)
  if (segment === undefined || segment.agentUniqueid !== agentUniqueid) return call
  if (segment.endedAt !== null && segment.endedAt <= at) return call
  return endHold(changeSegment(call, segment, { endedAt: laterOf(at, segment.startedAt) }), at)
}

export function endSegments(call: Call, at: Instant): Call {
  if (call.segments.every(({ endedAt }) => endedAt !== null && endedAt <= at)) return call
  return {
    ...call,
    segments: call.segments.map((segment) =>
      segment.endedAt !== null && segment.endedAt <= at
        ? segment
        : { ...segment, endedAt: laterOf(at, segment.startedAt) },
    ),
  }
}

export function isTalking(call: Call): boolean {
  return call.segments.some((segment) => segment.endedAt === null)
}
