import type {
  QueuedCaller,
  QueueEvent,
  QueueEventBody,
  QueueMemberView,
} from '../../server/queues/queue-event.ts'

export const QUEUE_START = '2026-11-23T02:00:00.000Z'

/** An instant `seconds` after the start of the test's hour. */
export function at(seconds: number): string {
  return new Date(Date.parse(QUEUE_START) + seconds * 1000).toISOString()
}

export function aMember(extension: string, given: Partial<QueueMemberView> = {}): QueueMemberView {
  return {
    queue: 'hotline',
    interface: `PJSIP/${extension}`,
    extension,
    memberName: `Máy ${extension}`,
    penalty: 0,
    deviceStatus: 1,
    paused: false,
    pauseReason: null,
    lastCallAt: null,
    wrapUpSeconds: 15,
    inCall: false,
    ...given,
  }
}

export function aCaller(uniqueid: string, given: Partial<QueuedCaller> = {}): QueuedCaller {
  return {
    queue: 'hotline',
    uniqueid,
    channel: `PJSIP/trunk-${uniqueid}`,
    position: 1,
    joinedAt: QUEUE_START,
    callerIdNum: '0912345678',
    callerIdName: null,
    withheld: false,
    ...given,
  }
}

/** An event of `pbx1` at so many seconds. */
export function queueEvent(seconds: number, body: QueueEventBody, pbxId = 'pbx1'): QueueEvent {
  return { pbxId, at: at(seconds), ...body }
}

export const joined = (seconds: number, caller: QueuedCaller) =>
  queueEvent(seconds, { type: 'caller_joined', caller })
export const left = (seconds: number, uniqueid: string, queue = 'hotline') =>
  queueEvent(seconds, { type: 'caller_left', queue, uniqueid })
export const status = (seconds: number, member: QueueMemberView) =>
  queueEvent(seconds, { type: 'member_status', member })
export const removed = (seconds: number, extension: string, queue = 'hotline') =>
  queueEvent(seconds, { type: 'member_removed', queue, interface: `PJSIP/${extension}` })
export const snapshot = (
  seconds: number,
  members: QueueMemberView[],
  callers: QueuedCaller[] = [],
  queues = ['hotline'],
) =>
  queueEvent(seconds, {
    type: 'queue_snapshot',
    queues: queues.map((queue) => ({ queue, strategy: 'ringall' })),
    members,
    callers,
  })
