import type { Instant } from '#contract/primitives.ts'
import { earlierOf, laterOf } from '../../time.ts'
import { addCallbackEvidence } from '../callback-call/add-callback-evidence.ts'
import { reconcileCallback } from '../callback-call/reconcile-callback.ts'
import { addEvidence } from '../conversation/add-evidence.ts'
import type { CallRules } from '../conversation/agent-extension.ts'
import type { Call } from '../conversation/call.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import type { CallFact } from '../conversation/call-fact.ts'
import { deriveStatus } from '../conversation/derive-status.ts'
import { factsBetween } from '../conversation/facts-between.ts'
import { endUnseen, reconcileInbound } from '../conversation/reconcile.ts'
import type { SnapshotIndex } from '../conversation/snapshot-index.ts'

export interface Reduced {
  call: Call
  facts: CallFact[]
}

/**
 * One call and one event that concerns it. An event that says nothing new returns the very same
 * call and no facts. Events are evidence: each only adds to what is known, so late, doubled and
 * out-of-order ones end in the same state.
 */
export function reduceCall(call: Call, event: CallEvent, rules: CallRules): Reduced {
  const after = addEvidenceOf(call, event, rules)
  return after === call ? { call, facts: [] } : concluded(call, after, event.at)
}

/** The first event of a call that nobody knew. */
export function reduceNewCall(start: Call, event: CallEvent, rules: CallRules): Reduced {
  return concluded(null, addEvidenceOf(start, event, rules), event.at)
}

/**
 * A call held against what the PBX shows now. What is no longer there has ended; events that are
 * still on their way correct it.
 */
export function reduceSnapshot(call: Call, snapshot: SnapshotIndex, rules: CallRules): Reduced {
  const after = reconcile(call, snapshot, rules)
  return after === call ? { call, facts: [] } : concluded(call, after, snapshot.takenAt)
}

/** The same for a call that nobody knew. */
export function reduceNewSnapshot(start: Call, snapshot: SnapshotIndex, rules: CallRules): Reduced {
  return concluded(null, reconcile(start, snapshot, rules), snapshot.takenAt)
}

function concluded(before: Call | null, evident: Call, at: string): Reduced {
  const call = deriveStatus(evident)
  return { call, facts: factsBetween(before, call, at) }
}

function addEvidenceOf(call: Call, event: CallEvent, rules: CallRules): Call {
  return call.direction === 'callback'
    ? addCallbackEvidence(call, event, rules)
    : addEvidence(call, event, rules)
}

function reconcile(call: Call, snapshot: SnapshotIndex, rules: CallRules): Call {
  const { takenAt, bootedAt } = snapshot
  if (call.endedAt !== null || call.enteredAt > takenAt) return call
  if (bootedAt !== null && call.enteredAt < bootedAt && !isShownForSure(call, snapshot)) {
    return endUnseen(call, cutAt(call, bootedAt, snapshot.lastHeardAt))
  }
  return call.direction === 'callback'
    ? reconcileCallback(call, snapshot, rules)
    : reconcileInbound(call, snapshot, rules)
}

/** We alone name the channels of callbacks, each once: one that is there outlived any boot, and only clocks moved. */
function isShownForSure({ direction, uniqueid }: Call, { channels }: SnapshotIndex): boolean {
  return direction === 'callback' && channels.has(uniqueid)
}

/** A crash cut the call some time between the last word of the PBX and its boot: when last heard of. */
function cutAt(call: Call, bootedAt: Instant, lastHeardAt: Instant | null): Instant {
  const heard = lastHeardAt === null ? bootedAt : earlierOf(lastHeardAt, bootedAt)
  return laterOf(heard, call.answeredAt ?? call.enteredAt)
}
