import type { Instant } from '#contract/primitives.ts'
import type { Call, Segment } from '../conversation/call.ts'

/** A colleague whom an agent asks while the customer waits. */
export interface Consult {
  extension: string
  stage: 'ringing' | 'talking'
  /** Since when it is so. */
  since: Instant
}

/** The part of this agent in the call now. */
export function openSegment(call: Call, extension: string): Segment | undefined {
  return call.segments.findLast((one) => one.extension === extension && one.endedAt === null)
}

/**
 * The colleague whose phone was dialled for this call while the agent takes part, and who has neither met the
 * customer nor gone away.
 */
export function consultOf(call: Call, agent: string): Consult | null {
  const own = openSegment(call, agent)
  if (own === undefined) return null
  const ring = call.rings.findLast(
    ({ by, extension, startedAt, bridgedAt, endedAt }) =>
      by === 'dial' &&
      extension !== agent &&
      startedAt >= own.startedAt &&
      bridgedAt === null &&
      endedAt === null,
  )
  if (ring === undefined) return null
  const { extension, startedAt, answeredAt } = ring
  return answeredAt === null
    ? { extension, stage: 'ringing', since: startedAt }
    : { extension, stage: 'talking', since: answeredAt }
}
