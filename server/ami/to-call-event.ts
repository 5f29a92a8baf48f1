import type { Instant } from '#contract/primitives.ts'
import { callConfirmation, callConsent } from '../calls/conversation/call.ts'
import type { CallEvent, CallEventBody, ChannelView } from '../calls/conversation/call-event.ts'
import type { AmiEvent } from './ami-event.ts'
import { callerNumber, channelView, destView } from './channel-view.ts'

/** What an AMI event that happened at `at` means for the call book, or null when it is no call's. */
export function toCallEvent(pbxId: string, event: AmiEvent, at: Instant): CallEvent | null {
  const body = bodyOf(event)
  if (body === null) return null
  // the body is new and ours: completing it saves a copy per event
  return Object.assign(body, { pbxId, at })
}

function bodyOf(event: AmiEvent): CallEventBody | null {
  switch (event.event) {
    case 'Newchannel':
    case 'Rename':
    case 'NewCallerid':
    case 'Hold':
    case 'Unhold':
    case 'Hangup':
    case 'OriginateResponse':
      return channelBody(event)
    case 'QueueCallerJoin':
    case 'QueueCallerLeave':
    case 'QueueCallerAbandon':
      return visitBody(event)
    case 'AgentCalled':
    case 'AgentRingNoAnswer':
    case 'AgentConnect':
    case 'AgentComplete':
    case 'AgentDump':
      return agentBody(event)
    case 'DialBegin':
    case 'DialEnd':
    case 'BridgeEnter':
    case 'BridgeLeave':
    case 'LocalBridge':
    case 'Pickup':
      return meetingBody(event)
    case 'BlindTransfer':
    case 'AttendedTransfer':
      return transferBody(event)
    case 'UserEvent':
      return dialplanBody(event)
    case 'FullyBooted':
    case 'Shutdown':
    case 'Reload':
    case 'QueueMemberAdded':
    case 'QueueMemberRemoved':
    case 'QueueMemberStatus':
    case 'QueueMemberPause':
    case 'QueueMemberPenalty':
    case 'QueueMemberRinginuse':
    case 'ChanSpyStart':
    case 'ChanSpyStop':
      return null
  }
}

/** One of the events named. */
type Of<Name extends AmiEvent['event']> = Extract<AmiEvent, { event: Name }>

function channelBody(
  event: Of<
    'Newchannel' | 'Rename' | 'NewCallerid' | 'Hold' | 'Unhold' | 'Hangup' | 'OriginateResponse'
  >,
): CallEventBody {
  switch (event.event) {
    case 'Newchannel': {
      const { context, exten } = event
      return { type: 'channel_created', channel: channelView(event), context, exten }
    }
    case 'Rename':
      return { type: 'channel_renamed', uniqueid: event.uniqueid, newName: event.newname }
    case 'NewCallerid':
      return presentation(event)
    case 'Hold':
      return { type: 'held', uniqueid: event.uniqueid }
    case 'Unhold':
      return { type: 'resumed', uniqueid: event.uniqueid }
    case 'Hangup': {
      const { cause, context = '', 'cause-txt': causeText = '' } = event
      return { type: 'hung_up', channel: channelView(event), cause, causeText, context }
    }
    case 'OriginateResponse':
      return {
        type: 'originate_responded',
        channelId: known(event.uniqueid),
        succeeded: event.response === 'Success',
        reason: event.reason,
      }
  }
}

/** What `callback-dial`, `callback-consent` and `hotline-hold` of the dialplan say; null for the user events of others. */
function dialplanBody(event: Of<'UserEvent'>): CallEventBody | null {
  const { userevent, channelid, confirmation, consent, queue, number } = event
  if (userevent === 'HotlineHold') {
    if (channelid === undefined || queue === undefined || !/^0[0-9]{9,10}$/.test(number ?? '')) {
      return null
    }
    return { type: 'callback_asked', uniqueid: channelid, queue, number: number ?? '' }
  }
  if (userevent !== 'HotlineCallback' || channelid === undefined) return null
  const pressed = callConsent.safeParse(consent)
  if (pressed.success) {
    return { type: 'callback_consent', channelId: channelid, state: pressed.data } as const
  }
  const said = callConfirmation.safeParse(confirmation)
  if (!said.success) return null
  return { type: 'callback_confirmation', channelId: channelid, state: said.data } as const
}

function visitBody(
  event: Of<'QueueCallerJoin' | 'QueueCallerLeave' | 'QueueCallerAbandon'>,
): CallEventBody {
  const { uniqueid, queue } = event
  switch (event.event) {
    case 'QueueCallerJoin':
      return { type: 'queue_joined', caller: channelView(event), queue, position: event.position }
    case 'QueueCallerLeave':
      return { type: 'queue_left', uniqueid, queue }
    case 'QueueCallerAbandon':
      return { type: 'queue_abandoned', uniqueid, queue, holdSeconds: event.holdtime }
  }
}

function meetingBody(
  event: Of<'DialBegin' | 'DialEnd' | 'BridgeEnter' | 'BridgeLeave' | 'LocalBridge' | 'Pickup'>,
): CallEventBody {
  switch (event.event) {
    case 'DialBegin': {
      const dialString = event.dialstring ?? ''
      return { type: 'dial_begun', caller: dialCaller(event), agent: destView(event), dialString }
    }
    case 'DialEnd': {
      const { dialstatus: dialStatus, forward = '' } = event
      const legs = { caller: dialCaller(event), agent: destView(event) }
      return { type: 'dial_ended', ...legs, dialStatus, isForwarded: forward !== '' }
    }
    case 'BridgeEnter':
      return {
        type: 'bridge_entered',
        bridgeId: event.bridgeuniqueid,
        channel: channelView(event),
        swapUniqueid: event.swapuniqueid ?? null,
      }
    case 'BridgeLeave':
      return { type: 'bridge_left', bridgeId: event.bridgeuniqueid, uniqueid: event.uniqueid }
    case 'LocalBridge':
      return {
        type: 'local_bridged',
        oneUniqueid: event.localoneuniqueid,
        twoUniqueid: event.localtwouniqueid,
      }
    case 'Pickup':
      return { type: 'picked_up', picker: channelView(event), targetUniqueid: event.targetuniqueid }
  }
}

function agentBody(
  event: Of<`Agent${'Called' | 'RingNoAnswer' | 'Connect' | 'Complete' | 'Dump'}`>,
): CallEventBody {
  switch (event.event) {
    case 'AgentCalled':
      return {
        type: 'agent_called',
        caller: channelView(event),
        agent: destView(event),
        queue: event.queue,
        memberName: event.membername,
      }
    case 'AgentRingNoAnswer':
      return {
        type: 'agent_ring_no_answer',
        uniqueid: event.uniqueid,
        agentUniqueid: event.destuniqueid,
        ringMs: event.ringtime,
      }
    case 'AgentConnect':
      return {
        type: 'agent_connected',
        caller: channelView(event),
        agent: destView(event),
        queue: event.queue,
        memberName: event.membername,
        holdSeconds: event.holdtime,
        ringSeconds: event.ringtime,
      }
    case 'AgentComplete':
      return {
        type: 'agent_completed',
        uniqueid: event.uniqueid ?? null,
        agentUniqueid: event.destuniqueid ?? null,
        queue: event.queue,
        memberName: event.membername,
        holdSeconds: event.holdtime,
        talkSeconds: event.talktime,
        reason: event.reason,
      }
    case 'AgentDump':
      return {
        type: 'agent_dumped',
        uniqueid: event.uniqueid,
        agentUniqueid: event.destuniqueid,
        queue: event.queue,
      }
  }
}

function transferBody(event: Of<'BlindTransfer' | 'AttendedTransfer'>): CallEventBody {
  if (event.event === 'BlindTransfer') {
    return {
      type: 'blind_transferred',
      transfererUniqueid: event.transfereruniqueid,
      transfereeUniqueid: event.transfereeuniqueid ?? null,
      exten: event.extension,
      succeeded: event.result === 'Success',
    }
  }
  return {
    type: 'attended_transferred',
    transfererUniqueids: [event.origtransfereruniqueid, event.secondtransfereruniqueid],
    transfereeUniqueid: event.transfereeuniqueid ?? null,
    targetUniqueid: event.transfertargetuniqueid ?? null,
    succeeded: event.result === 'Success',
  }
}

function dialCaller(event: Of<'DialBegin' | 'DialEnd'>): ChannelView | null {
  const { channel, uniqueid, linkedid, calleridnum, calleridname, chanvariable } = event
  if (channel === undefined || uniqueid === undefined || linkedid === undefined) return null
  return channelView({ channel, uniqueid, linkedid, calleridnum, calleridname, chanvariable })
}

/** `CID-CallingPres: 35 (Presentation Prohibited, Network Number)`: bits 5 and 6 say who may see it. */
function presentation(event: Of<'NewCallerid'>): CallEventBody {
  const withheld = (Number.parseInt(event['cid-callingpres'], 10) & 0x60) === 0x20
  return {
    type: 'presentation_changed',
    uniqueid: event.uniqueid,
    withheld,
    callerIdNum: withheld ? null : callerNumber(event.calleridnum),
  }
}

function known(uniqueid: string | undefined): string | null {
  return uniqueid === undefined || uniqueid === '<unknown>' || uniqueid === '' ? null : uniqueid
}
