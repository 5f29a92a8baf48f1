import type {
  CallEvent,
  LiveChannel,
  PbxSnapshot,
} from '../../server/calls/conversation/call-event.ts'
import { channel } from './call-table.ts'
import { time } from './table-time.ts'

/** One channel as CoreShowChannels would list it: `trunk#1` in `Queue(hotline)`, in bridge `b1`, 20 s old. */
export function liveChannel(text: string, change: Partial<LiveChannel> = {}): LiveChannel {
  const view = channel(text)
  const isCustomer = view.endpoint === 'trunk'
  return {
    ...view,
    application: isCustomer ? 'Queue' : 'AppQueue',
    applicationData: isCustomer ? 'hotline,Ct,,,600' : '(Outgoing Line)',
    bridgeId: null,
    durationSeconds: 20,
    ...change,
  }
}

export function snapshotAt(at: string, seen: Partial<PbxSnapshot> = {}): CallEvent {
  const snapshot = { takenAt: time(at), bootedAt: null, channels: [], waiting: [], ...seen }
  return { pbxId: 'pbx1', at: time(at), type: 'snapshot_taken', snapshot }
}

/** A waiting caller as QueueEntry would list it. */
export function waitingEntry(text: string, waitSeconds: number, queue = 'hotline') {
  const { uniqueid, channel: name, callerIdNum, callerIdName } = channel(text)
  return { uniqueid, channel: name, queue, position: 1, waitSeconds, callerIdNum, callerIdName }
}
