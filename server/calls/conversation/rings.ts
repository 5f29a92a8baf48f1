import type { Instant } from '#contract/primitives.ts'
import { secondsBetween } from '../../time.ts'
import type { Call, Ring } from './call.ts'

/** A call that rings twenty phones in turn for ten minutes must stay small; open rings all stay. */
const RINGS_KEPT = 48

/** Adds a ringing phone, unless this channel is known already. */
export function addRing<C extends Call>(
  call: C,
  ring: Pick<Ring, 'agentUniqueid' | 'extension' | 'by' | 'startedAt'>,
): C {
  if (call.endedAt !== null || findRing(call, ring.agentUniqueid) !== undefined) return call
  const fresh: Ring = { ...ring, answeredAt: null, bridgedAt: null, endedAt: null, end: null }
  const kept = call.rings.length < RINGS_KEPT ? call.rings : withoutOldestEnded(call.rings)
  return { ...call, rings: [...kept, fresh] }
}

function withoutOldestEnded(rings: Ring[]): Ring[] {
  const oldest = rings.findIndex((ring) => ring.endedAt !== null)
  return oldest === -1 ? rings : rings.toSpliced(oldest, 1)
}

/** A phone that is free rings longer before anybody can refuse. */
const REFUSED_WITHIN_SECONDS = 2
const REFUSALS_SHOWN = 2
/** So long after its last refusal a phone counts as one that rings again. */
const REFUSES_FOR_SECONDS = 30

/**
 * The phone answered the last rings of this call with busy at once, as one with do-not-disturb does:
 * a queue tries it again every second, and nobody is to be told of it each time.
 */
export function isRefusing(call: Call, ring: Pick<Ring, 'extension' | 'startedAt'>): boolean {
  const refused = call.rings.filter(
    ({ extension, startedAt, endedAt, end }) =>
      extension === ring.extension &&
      endedAt !== null &&
      endedAt <= ring.startedAt &&
      (end === 'rejected' || end === 'no_answer') &&
      secondsBetween(startedAt, endedAt) < REFUSED_WITHIN_SECONDS,
  )
  const last = refused.at(-1)?.endedAt ?? null
  if (last === null || refused.length < REFUSALS_SHOWN) return false
  return secondsBetween(last, ring.startedAt) < REFUSES_FOR_SECONDS
}

export function findRing(call: Call, agentUniqueid: string): Ring | undefined {
  return call.rings.find((ring) => ring.agentUniqueid === agentUniqueid)
}

export function changeRing<C extends Call>(
  call: C,
  agentUniqueid: string,
  change: Partial<Ring>,
): C {
  return {
    ...call,
    rings: call.rings.map((ring) =>
      ring.agentUniqueid === agentUniqueid ? { ...ring, ...change } : ring,
    ),
  }
}

/** Ends one phone's ringing; the first word about it stays. */
export function endRing<C extends Call>(
  call: C,
  agentUniqueid: string,
  at: Instant,
  end: NonNullable<Ring['end']>,
): C {
  const ring = findRing(call, agentUniqueid)
  if (ring === undefined || ring.endedAt !== null) return call
  return changeRing(call, agentUniqueid, { endedAt: at, end })
}

/** Ends every phone that still rings. */
export function endRings<C extends Call>(call: C, at: Instant, end: NonNullable<Ring['end']>): C {
  return endEach(call, at, () => end)
}

/** One agent answered: that agent's phones and the others' stop ringing, each for its reason. */
export function endRingsByAnswer<C extends Call>(call: C, at: Instant, winner: string): C {
  return endEach(call, at, (ring) =>
    ring.extension === winner ? 'answered' : 'answered_elsewhere',
  )
}

function endEach<C extends Call>(
  call: C,
  at: Instant,
  endOf: (ring: Ring) => NonNullable<Ring['end']>,
): C {
  const isStillRinging = (ring: Ring): boolean => ring.endedAt === null && ring.startedAt <= at
  if (!call.rings.some(isStillRinging)) return call
  return {
    ...call,
    rings: call.rings.map((ring) =>
      isStillRinging(ring) ? { ...ring, endedAt: at, end: endOf(ring) } : ring,
    ),
  }
}
