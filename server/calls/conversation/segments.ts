import type { Instant } from '#contract/primitives.ts'
import { earlierOf, laterOf } from '../../time.ts'
import type { Call, Segment } from './call.ts'
import { withEnd, withHold, withResume } from '../talk/hold.ts'
import { endRing, findRing } from './rings.ts'

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
export function addSegment<C extends Call>(
  call: C,
  segment: Pick<Segment, 'agentUniqueid' | 'extension' | 'how' | 'startedAt'>,
): C {
  if (findSegment(call, segment.agentUniqueid) !== undefined) return call
  const same = call.segments.find((s) => s.extension === segment.extension && s.endedAt === null)
  if (same !== undefined) return moveSegment(call, same, segment.agentUniqueid)
  const endedAt = call.endedAt === null ? null : laterOf(call.endedAt, segment.startedAt)
  const unheld = { heldAt: null, resumedAt: null, holdSeconds: 0 }
  return {
    ...endRing(call, segment.agentUniqueid, segment.startedAt, 'answered'),
    answeredAt: earlierOf(call.answeredAt, segment.startedAt),
    segments: [...call.segments, { ...segment, earlierUniqueids: [], endedAt, ...unheld }],
  }
}

/** The same agent on another channel. */
export function moveSegment<C extends Call>(call: C, segment: Segment, agentUniqueid: string): C {
  const earlierUniqueids = [...segment.earlierUniqueids, segment.agentUniqueid]
  return changeSegment(call, segment, { agentUniqueid, earlierUniqueids })
}

export function changeSegment<C extends Call>(
  call: C,
  segment: Segment,
  change: Partial<Segment>,
): C {
  return replaceSegment(call, segment, { ...segment, ...change })
}

function replaceSegment<C extends Call>(call: C, segment: Segment, replacement: Segment): C {
  if (replacement === segment) return call
  return {
    ...call,
    segments: call.segments.map((each) => (each === segment ? replacement : each)),
  }
}

/** The agent on this channel is gone; an earlier word about it wins. */
export function endSegment<C extends Call>(call: C, agentUniqueid: string, at: Instant): C {
  const segment = findSegment(call, agentUniqueid)
  if (segment === undefined || segment.agentUniqueid !== agentUniqueid) return call
  if (segment.endedAt !== null && segment.endedAt <= at) return call
  return replaceSegment(call, segment, withEnd(segment, laterOf(at, segment.startedAt)))
}

export function endSegments<C extends Call>(call: C, at: Instant): C {
  if (call.segments.every(({ endedAt }) => endedAt !== null && endedAt <= at)) return call
  return {
    ...call,
    segments: call.segments.map((segment) =>
      segment.endedAt !== null && segment.endedAt <= at
        ? segment
        : withEnd(segment, laterOf(at, segment.startedAt)),
    ),
  }
}

/** The agent on this channel puts the customer on hold. A hold by the customer is no agent's. */
export function holdSegment(call: Call, uniqueid: string, at: Instant): Call {
  const segment = segmentOfPhone(call, uniqueid)
  return segment === undefined ? call : replaceSegment(call, segment, withHold(segment, at))
}

/** The agent on this channel takes the customer off hold. */
export function resumeSegment(call: Call, uniqueid: string, at: Instant): Call {
  const segment = segmentOfPhone(call, uniqueid)
  return segment === undefined ? call : replaceSegment(call, segment, withResume(segment, at))
}

/** A Local member takes part by its Local channel, while its phone's own channel presses hold. */
function segmentOfPhone(call: Call, uniqueid: string): Segment | undefined {
  const extension = findRing(call, uniqueid)?.extension
  return (
    findSegment(call, uniqueid) ??
    call.segments.find((segment) => segment.extension === extension && segment.endedAt === null)
  )
}

export function isTalking(call: Call): boolean {
  return call.segments.some((segment) => segment.endedAt === null)
}

/** The extensions that talk now, each once. */
export function talkingExtensions(call: Call): string[] {
  const open = call.segments.filter((segment) => segment.endedAt === null)
  return [...new Set(open.map((segment) => segment.extension))]
}
