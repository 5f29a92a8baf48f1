import type { Instant } from '#contract/primitives.ts'
import { secondsBetween } from '../../time.ts'
import type { Call, Segment } from '../conversation/call.ts'

/**
 * This agent pressed hold. News older than the last resume or newer than the part's end is late; one whose
 * resume was heard first lasted until that.
 */
export function withHold(segment: Segment, at: Instant): Segment {
  if (segment.heldAt !== null || isOver(segment, at)) return segment
  if (segment.resumedAt !== null && at <= segment.resumedAt) return segment
  const { resumedUnheldAt, ...known } = segment
  const held = withSeconds({ ...known, heldAt: at }, finishedSeconds(segment))
  return resumedUnheldAt === undefined ? held : withResume(held, resumedUnheldAt)
}

/** This agent took the caller back. */
export function withResume(segment: Segment, at: Instant): Segment {
  const { heldAt, resumedAt, resumedUnheldAt } = segment
  if (isOver(segment, at)) return segment
  if (heldAt === null) {
    const isKnown = [resumedAt, resumedUnheldAt].some((known) => known != null && at <= known)
    return isKnown ? segment : { ...segment, resumedUnheldAt: at }
  }
  if (at < heldAt) return segment
  const seconds = finishedSeconds(segment) + secondsBetween(heldAt, at)
  return withSeconds({ ...segment, heldAt: null, resumedAt: at }, seconds)
}

/** The agent's part is over, and with it the agent's own hold. */
export function withEnd(segment: Segment, endedAt: Instant): Segment {
  return withSeconds({ ...segment, endedAt }, finishedSeconds(segment))
}

/** Whether an agent who takes part holds the customer now. */
export function isOnHold(call: Call): boolean {
  return call.segments.some((segment) => segment.heldAt !== null && segment.endedAt === null)
}

function isOver(segment: Segment, at: Instant): boolean {
  return segment.endedAt !== null && segment.endedAt <= at
}

/** Holds that a resume ended; what the end of the part cut short is counted anew. */
function finishedSeconds(segment: Segment): number {
  return segment.holdSeconds - lastSeconds(segment)
}

function withSeconds(segment: Segment, finished: number): Segment {
  return { ...segment, holdSeconds: finished + lastSeconds(segment) }
}

/** The hold with which the part ended. */
function lastSeconds({ heldAt, endedAt }: Segment): number {
  return heldAt === null || endedAt === null ? 0 : secondsBetween(heldAt, endedAt)
}
