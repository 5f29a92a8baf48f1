import { type Call, startCall } from '../../../server/calls/conversation/call.ts'

/** A hotline call that agent 101 answered two seconds after it came; change what the test is about. */
export function aCall(change: Partial<Call> = {}): Call {
  const begun = startCall({
    pbxId: 'pbx1',
    uniqueid: '1795399200.1',
    linkedid: '1795399200.1',
    direction: 'inbound',
    at: '2026-11-23T02:00:00.000Z',
    callerIdNum: '0912345678',
    callerIdName: null,
    withheld: false,
    tagged: true,
  })
  return {
    ...begun,
    status: 'talking',
    queue: 'hotline',
    answeredAt: '2026-11-23T02:00:02.000Z',
    segments: [aSegment()],
    ...change,
  }
}

/** Agent 101's part of it. */
export function aSegment(change: Partial<Call['segments'][number]> = {}) {
  return {
    agentUniqueid: '1795399200.2',
    earlierUniqueids: [],
    extension: '101',
    how: 'queue' as const,
    startedAt: '2026-11-23T02:00:02.000Z',
    endedAt: null,
    ...change,
  }
}
