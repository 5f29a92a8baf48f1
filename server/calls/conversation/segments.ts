import type { Instant } from '#contract/primitives.ts'
import type { Call, Segment } from './call.ts'
import { endHold } from './hold.ts'
import { endRing } from './rings.ts'
import { earlierOf, laterOf } from '../../time.ts'

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
export function moveSegment(call: Call, segment: Segment, agentUniqueid: string): Call {
  const earlierUniqueids = [...segment.earlierUniqueids, segment.agentUniqueid]
  return changeSegment(call, segment, { agentUniqueid, earlierUniqueids })
}

export function changeSegment(call: Call, segment: Segment, change: Partial<Segment>): Call {
  return {
    ...call,
    segments: call.segments.map((each) => (each === segment ? { ...each, ...change } : each)),
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
