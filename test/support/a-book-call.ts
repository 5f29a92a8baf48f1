import { type Call, startCall } from '../../server/calls/conversation/call.ts'
import { time } from './call-table.ts'

/** A caller who entered at 00:00.000 and of whom nothing more is known; change what a test is about. */
export function aFreshCall(change: Partial<Call> = {}): Call {
  const call = startCall({
    pbxId: 'pbx1',
    uniqueid: 'trunk#1',
    linkedid: 'trunk#1',
    direction: 'inbound',
    at: time('00:00.000'),
    callerIdNum: '0912345678',
    callerIdName: null,
    withheld: false,
    tagged: true,
  })
  return { ...call, ...change }
}
