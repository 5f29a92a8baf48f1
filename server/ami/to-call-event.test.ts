import { describe, expect, it } from 'vitest'
import { channelHeaders, parsedFrame } from '../../test/support/ami-frame.ts'
import type { CallEvent } from '../calls/conversation/call-event.ts'
import { EVENT_NAMES, parseAmiEvent } from './ami-event.ts'
import { toCallEvent } from './to-call-event.ts'

const AT = '2026-11-22T10:14:42.072Z'
const caller = {
  ...channelHeaders('PJSIP/trunk-00000000', '1.0', { number: '0912345678', name: 'Lan' }),
  ChanVariable: ['HOTLINE=19000382', 'HOTLINE_CLI=allowed'],
}
const agent = channelHeaders('PJSIP/101-00000001', '1.1', { linkedid: '1.0', prefix: 'Dest' })
const visit = { Queue: 'hotline', MemberName: '101', Interface: 'PJSIP/101' }

const callerView = {
  uniqueid: '1.0',
  linkedid: '1.0',
  channel: 'PJSIP/trunk-00000000',
  endpoint: 'trunk',
  callerIdNum: '0912345678',
  callerIdName: 'Lan',
  hotline: '19000382',
  withheld: false,
}
const agentView = {
  uniqueid: '1.1',
  linkedid: '1.0',
  channel: 'PJSIP/101-00000001',
  endpoint: '101',
  callerIdNum: null,
  callerIdName: null,
  hotline: null,
  withheld: false,
}

function meaningOf(headers: Record<string, string | readonly string[]>): CallEvent | null {
  const event = parseAmiEvent(parsedFrame(headers))
  if (event.event === null) throw new Error(`not read: ${event.name} ${event.header}`)
  return toCallEvent('pbx1', event, AT)
}

/** Event headers → what they mean, without the pbxId and time that every one gets. */
const MEANINGS: [string, Record<string, string | readonly string[]>, object][] = [
  [
    'Newchannel',
    { ...caller },
    { type: 'channel_created', channel: callerView, context: 'hotline-queue', exten: 's' },
  ],
  [
    'Rename',
    { Channel: 'PJSIP/101-01', Newname: 'PJSIP/101-01<MASQ>', Uniqueid: '1.1' },
    { type: 'channel_renamed', uniqueid: '1.1', newName: 'PJSIP/101-01<MASQ>' },
  ],
  [
    'NewCallerid',
    { ...caller, 'CID-CallingPres': '0 (Presentation Allowed, Not Screened)' },
    { type: 'presentation_changed', uniqueid: '1.0', withheld: false, callerIdNum: '0912345678' },
  ],
  [
    'NewCallerid',
    { ...caller, 'CID-CallingPres': '35 (Presentation Prohibited, Network Number)' },
    { type: 'presentation_changed', uniqueid: '1.0', withheld: true, callerIdNum: null },
  ],
  [
    'QueueCallerJoin',
    { ...caller, Queue: 'hotline', Position: '2', Count: '2' },
    { type: 'queue_joined', caller: callerView, queue: 'hotline', position: 2 },
  ],
  [
    'QueueCallerLeave',
    { ...caller, Queue: 'hotline', Count: '0', Position: '1' },
    { type: 'queue_left', uniqueid: '1.0', queue: 'hotline' },
  ],
  [
    'QueueCallerAbandon',
    { ...caller, Queue: 'hotline', Position: '1', OriginalPosition: '1', HoldTime: '7' },
    { type: 'queue_abandoned', uniqueid: '1.0', queue: 'hotline', holdSeconds: 7 },
  ],
  [
    'AgentCalled',
    { ...caller, ...agent, ...visit },
    {
      type: 'agent_called',
      caller: callerView,
      agent: agentView,
      queue: 'hotline',
      memberName: '101',
    },
  ],
  [
    'AgentRingNoAnswer',
    { ...caller, ...agent, ...visit, RingTime: '15004' },
    { type: 'agent_ring_no_answer', uniqueid: '1.0', agentUniqueid: '1.1', ringMs: 15_004 },
  ],
  [
    'AgentConnect',
    { ...caller, ...agent, ...visit, RingTime: '3', HoldTime: '5' },
    {
      type: 'agent_connected',
      caller: callerView,
      agent: agentView,
      queue: 'hotline',
      memberName: '101',
      holdSeconds: 5,
      ringSeconds: 3,
    },
  ],
  [
    'AgentComplete',
    { ...visit, HoldTime: '5', TalkTime: '60', Reason: 'caller' },
    {
      type: 'agent_completed',
      uniqueid: null,
      agentUniqueid: null,
      queue: 'hotline',
      memberName: '101',
      holdSeconds: 5,
      talkSeconds: 60,
      reason: 'caller',
    },
  ],
  [
    'AgentDump',
    { ...caller, ...agent, ...visit },
    { type: 'agent_dumped', uniqueid: '1.0', agentUniqueid: '1.1', queue: 'hotline' },
  ],
  [
    'DialBegin',
    { ...caller, ...agent, DialString: '101' },
    { type: 'dial_begun', caller: callerView, agent: agentView, dialString: '101' },
  ],
  [
    'DialBegin',
    { ...agent },
    { type: 'dial_begun', caller: null, agent: agentView, dialString: '' },
  ],
  [
    'DialEnd',
    { ...caller, ...agent, DialStatus: 'CANCEL' },
    {
      type: 'dial_ended',
      caller: callerView,
      agent: agentView,
      dialStatus: 'CANCEL',
      isForwarded: false,
    },
  ],
  [
    'DialEnd',
    { ...agent, DialStatus: 'CANCEL', Forward: '102' },
    {
      type: 'dial_ended',
      caller: null,
      agent: agentView,
      dialStatus: 'CANCEL',
      isForwarded: true,
    },
  ],
  [
    'BridgeEnter',
    { ...caller, BridgeUniqueid: 'b-1', SwapUniqueid: '1.9' },
    { type: 'bridge_entered', bridgeId: 'b-1', channel: callerView, swapUniqueid: '1.9' },
  ],
  [
    'BridgeLeave',
    { ...caller, BridgeUniqueid: 'b-1' },
    { type: 'bridge_left', bridgeId: 'b-1', uniqueid: '1.0' },
  ],
  [
    'BlindTransfer',
    { Result: 'Success', TransfererUniqueid: '1.1', TransfereeUniqueid: '1.0', Extension: '8001' },
    {
      type: 'blind_transferred',
      transfererUniqueid: '1.1',
      transfereeUniqueid: '1.0',
      exten: '8001',
      succeeded: true,
    },
  ],
  [
    'AttendedTransfer',
    {
      Result: 'Fail',
      OrigTransfererUniqueid: '1.1',
      SecondTransfererUniqueid: '1.2',
      TransfereeUniqueid: '1.0',
      TransferTargetUniqueid: '1.3',
    },
    {
      type: 'attended_transferred',
      transfererUniqueids: ['1.1', '1.2'],
      transfereeUniqueid: '1.0',
      targetUniqueid: '1.3',
      succeeded: false,
    },
  ],
  [
    'Pickup',
    { ...caller, TargetUniqueid: '1.1' },
    { type: 'picked_up', picker: callerView, targetUniqueid: '1.1' },
  ],
  [
    'LocalBridge',
    { LocalOneUniqueid: '1.4', LocalTwoUniqueid: '1.5' },
    { type: 'local_bridged', oneUniqueid: '1.4', twoUniqueid: '1.5' },
  ],
  ['Hold', { ...caller }, { type: 'held', uniqueid: '1.0' }],
  ['Unhold', { ...caller }, { type: 'resumed', uniqueid: '1.0' }],
  [
    'Hangup',
    { ...caller, Context: 'hotline-closing', Cause: '16', 'Cause-txt': 'Normal Clearing' },
    {
      type: 'hung_up',
      channel: callerView,
      cause: 16,
      causeText: 'Normal Clearing',
      context: 'hotline-closing',
    },
  ],
  [
    'OriginateResponse',
    { Response: 'Failure', Reason: '3', Uniqueid: 'cb-1', Channel: 'PJSIP/101' },
    { type: 'originate_responded', channelId: 'cb-1', succeeded: false, reason: 3 },
  ],
  [
    'OriginateResponse',
    { Response: 'Success', Reason: '4', Uniqueid: '<unknown>' },
    { type: 'originate_responded', channelId: null, succeeded: true, reason: 4 },
  ],
  [
    'UserEvent',
    { UserEvent: 'HotlineCallback', Channelid: 'cb-1', Confirmation: 'page' },
    { type: 'callback_confirmation', channelId: 'cb-1', state: 'page' },
  ],
  [
    'UserEvent',
    { UserEvent: 'HotlineCallback', Channelid: 'cb-1', Consent: 'given' },
    { type: 'callback_consent', channelId: 'cb-1', state: 'given' },
  ],
  [
    'UserEvent',
    { UserEvent: 'HotlineHold', Channelid: '1.0', Queue: 'hotline', Number: '0912345678' },
    { type: 'callback_asked', uniqueid: '1.0', queue: 'hotline', number: '0912345678' },
  ],
]

const NOT_OF_CALLS = new Set([
  'FullyBooted',
  'Shutdown',
  'Reload',
  'QueueMemberAdded',
  'QueueMemberRemoved',
  'QueueMemberStatus',
  'QueueMemberPause',
  'QueueMemberPenalty',
  'QueueMemberRinginuse',
  'ChanSpyStart',
  'ChanSpyStop',
])

describe('what an event means for the call book', () => {
  it.each(MEANINGS)('%s %#', (Event, headers, meaning) => {
    expect(meaningOf({ Event, ...headers })).toEqual({ pbxId: 'pbx1', at: AT, ...meaning })
  })

  it('is said of every event that is read', () => {
    const told = new Set(MEANINGS.map(([name]) => name))
    expect(EVENT_NAMES.filter((name) => !told.has(name) && !NOT_OF_CALLS.has(name))).toEqual([])
  })

  it.each([
    { UserEvent: 'OfTheSite', Channelid: 'cb-1', Confirmation: 'page' },
    { UserEvent: 'HotlineCallback', Channelid: 'cb-1', Confirmation: 'maybe' },
    { UserEvent: 'HotlineCallback' },
    { UserEvent: 'HotlineCallback', Channelid: 'cb-1', Consent: 'maybe' },
    { UserEvent: 'HotlineHold', Channelid: '1.0', Queue: 'hotline', Number: '19001234' },
    { UserEvent: 'HotlineHold', Queue: 'hotline', Number: '0912345678' },
  ])('is nothing for a user event that our dialplan does not send %#', (headers) => {
    expect(meaningOf({ Event: 'UserEvent', ...headers })).toBeNull()
  })

  it.each(['FullyBooted', 'Shutdown', 'Reload'])('is nothing for %s', (Event) => {
    expect(meaningOf({ Event })).toBeNull()
  })
})
