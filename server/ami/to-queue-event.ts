import type { Instant } from '#contract/primitives.ts'
import type { QueueEvent, QueueEventBody, QueueMemberView } from '../queues/queue-event.ts'
import type { AmiEvent, MemberHeaders } from './ami-event.ts'
import { channelView, extensionOf, instantOfSeconds } from './channel-view.ts'
import { deviceOfInterface } from './orders/phone-interface.ts'

/** When a call ended that the PBX tells in its epoch seconds; 0 means never. */
export type CallEndOf = (pbxSeconds: number) => Instant | null

/** What an AMI event that happened at `at` means for the live queues, or null. */
export function toQueueEvent(
  pbxId: string,
  event: AmiEvent,
  at: Instant,
  callEndOf: CallEndOf = instantOfSeconds,
): QueueEvent | null {
  const body = bodyOf(event, at, callEndOf)
  return body === null ? null : Object.assign(body, { pbxId, at })
}

function bodyOf(event: AmiEvent, at: Instant, callEndOf: CallEndOf): QueueEventBody | null {
  switch (event.event) {
    case 'QueueCallerJoin': {
      const { uniqueid, channel, callerIdNum, callerIdName, withheld } = channelView(event)
      const place = { queue: event.queue, position: event.position, joinedAt: at }
      const who = { uniqueid, channel, callerIdNum, callerIdName, withheld }
      return { type: 'caller_joined', caller: { ...place, ...who } }
    }
    case 'QueueCallerLeave':
      return { type: 'caller_left', queue: event.queue, uniqueid: event.uniqueid }
    case 'QueueMemberAdded':
      return { type: 'member_added', member: memberView(event, callEndOf) }
    case 'QueueMemberRemoved':
      return { type: 'member_removed', queue: event.queue, interface: event.interface }
    case 'QueueMemberStatus':
    case 'QueueMemberPause':
    case 'QueueMemberPenalty':
    case 'QueueMemberRinginuse':
      return { type: 'member_status', member: memberView(event, callEndOf) }
    case 'FullyBooted':
    case 'Shutdown':
    case 'Reload':
    case 'QueueCallerAbandon':
    case 'AgentCalled':
    case 'AgentRingNoAnswer':
    case 'AgentConnect':
    case 'AgentComplete':
    case 'AgentDump':
    case 'Newchannel':
    case 'Rename':
    case 'NewCallerid':
    case 'DialBegin':
    case 'DialEnd':
    case 'BridgeEnter':
    case 'BridgeLeave':
    case 'BlindTransfer':
    case 'AttendedTransfer':
    case 'Pickup':
    case 'LocalBridge':
    case 'UserEvent':
    case 'Hold':
    case 'Unhold':
    case 'Hangup':
    case 'ChanSpyStart':
    case 'ChanSpyStop':
    case 'OriginateResponse':
      return null
  }
}

/** A member's row; QueueStatus gives the same headers under other names (`snapshot.ts`). */
export function memberView(headers: MemberHeaders, callEndOf: CallEndOf): QueueMemberView {
  return {
    queue: headers.queue,
    interface: headers.interface,
    extension: extensionOf(headers.interface),
    ...(deviceOfInterface(headers.interface) === 'web' ? { isWeb: true as const } : {}),
    memberName: headers.membername,
    penalty: headers.penalty,
    deviceStatus: headers.status,
    paused: headers.paused !== 0,
    pauseReason: headers.pausedreason || null,
    lastCallAt: callEndOf(headers.lastcall),
    wrapUpSeconds: headers.wrapuptime ?? 0,
    inCall: headers.incall !== 0,
  }
}
