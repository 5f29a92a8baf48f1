import type { Call } from '../../../server/calls/call.ts'

/** A hotline call that agent 101 answered two seconds after it came; change what the test is about. */
export function aCall(change: Partial<Call> = {}): Call {
  return {
    pbxId: 'pbx1',
    uniqueid: '1795399200.1',
    linkedids: ['1795399200.1'],
    direction: 'inbound',
    status: 'talking',
    outcome: null,
    queue: 'hotline',
    laterQueues: [],
    inQueue: false,
    callerIdNum: '0912345678',
    callerIdName: null,
    withheld: false,
    enteredAt: '2026-11-23T02:00:00.000Z',
    answeredAt: '2026-11-23T02:00:02.000Z',
    endedAt: null,
    hangupCause: null,
    heldAt: null,
    holdSeconds: 0,
    recovered: false,
    queueTimedOut: false,
    segments: [
      {
        agentUniqueid: '1795399200.2',
        extension: '101',
        how: 'queue',
        startedAt: '2026-11-23T02:00:02.000Z',
        endedAt: null,
      },
    ],
    rings: [],
    bridgeId: null,
    callback: null,
    ...change,
  }
}
