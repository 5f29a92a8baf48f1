import { startCallback } from '../../server/calls/callback-call/callback-evidence.ts'
import {
  type CallbackCall,
  type CallbackEvidence,
  type InboundCall,
  type Segment,
  startCall,
} from '../../server/calls/conversation/call.ts'
import { time } from './table-time.ts'

/** A caller who entered at 00:00.000 and of whom nothing more is known; change what a test is about. */
export function aFreshCall(change: Partial<InboundCall> = {}): InboundCall {
  const call = startCall({
    pbxId: 'pbx1',
    uniqueid: 'trunk#1',
    linkedid: 'trunk#1',
    at: time('00:00.000'),
    callerIdNum: '0912345678',
    callerIdName: null,
    withheld: false,
    tagged: true,
  })
  return { ...call, ...change }
}

/** The callback `cb-7` that was placed at 00:00.000, with this evidence of its legs. */
export function aFreshCallback(
  evidence: Partial<CallbackEvidence> = {},
  change: Partial<CallbackCall> = {},
): CallbackCall {
  const call = startCallback('pbx1', 'cb-7', time('00:00.000'))
  return { ...call, callback: { ...call.callback, ...evidence }, ...change }
}

/** Agent 101's part on channel `101#2`, since 00:05.000. */
export function aFreshSegment(change: Partial<Segment> = {}): Segment {
  return {
    agentUniqueid: '101#2',
    earlierUniqueids: [],
    extension: '101',
    how: 'queue',
    startedAt: time('00:05.000'),
    endedAt: null,
    heldAt: null,
    resumedAt: null,
    holdSeconds: 0,
    ...change,
  }
}
