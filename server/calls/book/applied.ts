import type { Call } from '../conversation/call.ts'
import type { CallFact } from '../conversation/call-fact.ts'
import type { TimelineLine } from '../call-timeline.ts'

/** What one event changed. */
export interface Applied {
  /** Calls after the event, each once. */
  changed: Call[]
  facts: CallFact[]
  timeline: TimelineLine[]
  /** Calls (by uniqueid) that ended 15 minutes ago and are forgotten now. */
  dropped: string[]
}

export const NOTHING: Applied = Object.freeze({ changed: [], facts: [], timeline: [], dropped: [] })

/** Two results of one event as one: each call once, in its newest state. */
export function mergeApplied(one: Applied, two: Applied): Applied {
  if (one === NOTHING) return two
  if (two === NOTHING) return one
  const newest = new Map([...one.changed, ...two.changed].map((call) => [call.uniqueid, call]))
  return {
    changed: [...newest.values()],
    facts: [...one.facts, ...two.facts],
    timeline: [...one.timeline, ...two.timeline],
    dropped: [...one.dropped, ...two.dropped],
  }
}
