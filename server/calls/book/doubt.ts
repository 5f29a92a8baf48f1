import type { Instant } from '#contract/primitives.ts'
import type { Call } from '../conversation/call.ts'
import type { PbxSnapshot } from '../conversation/call-event.ts'

/** A call of which the PBX's journal may know more than was heard. */
export interface CallInDoubt {
  uniqueid: string
  /** The journal keeps a call by the day of its entry. */
  enteredAt: Instant
}

/**
 * The callers whose answer or end was not heard: gone without a Hangup, out of their queue without a
 * leave, talking without an AgentConnect. `snapshot` is what the PBX shows now. A call stays in doubt
 * until the journal has spoken or it is forgotten, 15 minutes after its end.
 */
export function callsInDoubt(calls: readonly Call[], snapshot: PbxSnapshot): CallInDoubt[] {
  const channels = new Set(snapshot.channels.map(({ uniqueid }) => uniqueid))
  const waiting = new Set(snapshot.waiting.map(({ uniqueid }) => uniqueid))
  return calls
    .filter((call) => {
      if (call.direction !== 'inbound' || call.enteredAt > snapshot.takenAt) return false
      if (call.endedAt !== null) return isEndInDoubt(call)
      const { uniqueid } = call
      return !channels.has(uniqueid) || (call.answeredAt === null && !waiting.has(uniqueid))
    })
    .map(({ uniqueid, enteredAt }) => ({ uniqueid, enteredAt }))
}

function isEndInDoubt(call: Call): boolean {
  if (!call.endHeard) return true
  const isTold = call.answeredAt !== null || call.toldOutcome !== null
  return !isTold && call.visits.at(-1)?.leaveHeard === false
}
