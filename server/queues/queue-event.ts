import type { Instant } from '#contract/primitives.ts'

/**
 * What the live queues hear, in our words. `ami/to-queue-event.ts` makes them from AMI events and
 * `ami/resync.ts` from QueueStatus; nothing here knows AMI.
 */
export type QueueEvent = QueueEventBase & QueueEventBody

export interface QueueEventBase {
  pbxId: string
  /** When it happened by the PBX's clock, corrected when that differs from ours. */
  at: Instant
}

export type QueueEventBody =
  | { type: 'caller_joined'; caller: QueuedCaller }
  /** Left the line for whatever reason, answered included. Others move up without an event. */
  | { type: 'caller_left'; queue: string; uniqueid: string }
  /** The member is new in the queue; also what a doubled `member_status` of an unknown member says. */
  | { type: 'member_added'; member: QueueMemberView }
  | { type: 'member_removed'; queue: string; interface: string }
  /** Device state, pause, penalty or counters changed: the whole row as it is now. */
  | { type: 'member_status'; member: QueueMemberView }
  /** Who waits in one queue, the next one first: a priority that changed has no event of its own. */
  | { type: 'line_seen'; queue: string; uniqueids: readonly string[] }
  /** The members alone, compared every few seconds; a queue that is not in it does not exist. */
  | { type: 'members_seen'; queues: QueueRow[]; members: QueueMemberView[] }
  /** All queues as one QueueStatus answer showed them; what is not in it does not exist. */
  | {
      type: 'queue_snapshot'
      queues: QueueRow[]
      members: QueueMemberView[]
      callers: QueuedCaller[]
    }

export interface QueueRow {
  queue: string
  /** `ringall`, `rrmemory`, … */
  strategy: string
}

export interface QueueMemberView {
  queue: string
  /** `PJSIP/101`; the identity of a member within its queue. */
  interface: string
  /** `101` for `PJSIP/101` and `PJSIP/web-101`; null for an interface that is no phone of ours (`Local/…`). */
  extension: string | null
  /** It is the browser phone of that extension. */
  isWeb?: true
  memberName: string
  /** Who has less is offered calls first. */
  penalty: number
  /**
   * Asterisk's device state: 0 unknown, 1 not in use, 2 in use, 3 busy, 4 invalid, 5 unavailable,
   * 6 ringing, 7 ringing and in use, 8 on hold. 0 and 1 are offered calls.
   */
  deviceStatus: number
  paused: boolean
  /** Empty on unpause before Asterisk 20.6/21.1: keep the last one yourself when it matters. */
  pauseReason: string | null
  /** End of the last call; `lastCallAt + wrapUpSeconds` is the end of wrap-up, which has no event. */
  lastCallAt: Instant | null
  wrapUpSeconds: number
  /** On a call of any of the queues. Refreshed together with a state change only, so it lags. */
  inCall: boolean
}

export interface QueuedCaller {
  queue: string
  uniqueid: string
  channel: string
  /** 1 is next. */
  position: number
  joinedAt: Instant
  /** As delivered; null when absent, unknown or withheld. */
  callerIdNum: string | null
  callerIdName: string | null
  withheld: boolean
}
