import { startCallback } from '../../../server/calls/callback-call/callback-evidence.ts'
import {
  type Call,
  type CallbackCall,
  type InboundCall,
  type Segment,
  startCall,
} from '../../../server/calls/conversation/call.ts'

const AT = '2026-11-23T02:00:00.000Z'
const ID = '1795399200.1'

/**
 * A hotline call that agent 101 answered two seconds after it came, or with `direction: 'callback'`
 * a callback; change what the test is about.
 */
export function aCall(change: Partial<InboundCall> | Partial<CallbackCall> = {}): Call {
  const answered = {
    status: 'talking',
    queue: 'hotline',
    answeredAt: '2026-11-23T02:00:02.000Z',
  } as const
  if (change.direction === 'callback') {
    return { ...startCallback('pbx1', ID, AT), ...answered, segments: [aSegment()], ...change }
  }
  const begun = startCall({
    pbxId: 'pbx1',
    uniqueid: ID,
    linkedid: ID,
    at: AT,
    callerIdNum: '0912345678',
    callerIdName: null,
    withheld: false,
    tagged: true,
  })
  return { ...begun, ...answered, segments: [aSegment()], ...change, direction: 'inbound' }
}

/** Agent 101's part of it. */
export function aSegment(change: Partial<Segment> = {}): Segment {
  return {
    agentUniqueid: '1795399200.2',
    earlierUniqueids: [],
    extension: '101',
    how: 'queue',
    startedAt: '2026-11-23T02:00:02.000Z',
    endedAt: null,
    heldAt: null,
    resumedAt: null,
    holdSeconds: 0,
    ...change,
  }
}
