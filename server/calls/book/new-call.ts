import type { Instant } from '#contract/primitives.ts'
import { agentExtension, type CallRules } from '../conversation/agent-extension.ts'
import { type Call, startCall } from '../conversation/call.ts'
import type { CallEvent, ChannelView, LiveChannel } from '../conversation/call-event.ts'
import { journalQueue } from '../conversation/journal-evidence.ts'
import { inferVisit } from '../conversation/queue-visits.ts'
import type { SnapshotIndex } from '../conversation/snapshot-index.ts'
import { isCallbackChannel, startCallback } from '../callback-call/callback-evidence.ts'
import { isPlace } from '../callback-call/place-channel.ts'
import { laterOf, plusSeconds } from '../../time.ts'

/** The call that an event of an unknown channel begins; null when it begins none. */
export function newCallBy(event: CallEvent, rules: CallRules): Call | null {
  switch (event.type) {
    case 'queue_joined':
    case 'agent_called':
    case 'agent_connected':
      return isHotlineCaller(event.caller, event.queue, rules) ? inbound(event, event.caller) : null
    case 'dial_begun':
      return begunByDial(event, rules)
    case 'channel_created':
      return isCallbackChannel(event.channel.uniqueid)
        ? startCallback(event.pbxId, event.channel.uniqueid, event.at)
        : null
    case 'originate_responded':
    case 'callback_confirmation':
    case 'callback_consent':
    case 'journal_callback_ended':
      return event.channelId !== null && isCallbackChannel(event.channelId)
        ? startCallback(event.pbxId, event.channelId, event.at)
        : null
    case 'journal_answered':
      return event.isLater === true ? null : begunByJournal(event, event.linkedid)
    case 'journal_asked':
      return isCallbackChannel(event.uniqueid)
        ? startCallback(event.pbxId, event.uniqueid, event.at)
        : begunByJournal(event, event.uniqueid)
    case 'journal_ended':
      return event.outcome === 'other' ? null : begunByJournal(event, event.uniqueid)
    case 'channel_renamed':
    case 'presentation_changed':
    case 'queue_left':
    case 'queue_abandoned':
    case 'agent_ring_no_answer':
    case 'agent_completed':
    case 'agent_dumped':
    case 'dial_ended':
    case 'bridge_entered':
    case 'bridge_left':
    case 'blind_transferred':
    case 'attended_transferred':
    case 'picked_up':
    case 'held':
    case 'resumed':
    case 'local_bridged':
    case 'callback_asked':
    case 'hung_up':
    case 'snapshot_taken':
      return null
  }
}

function isHotlineCaller(caller: ChannelView, queue: string, rules: CallRules): boolean {
  if (isCallbackChannel(caller.uniqueid) || isPlace(caller.uniqueid)) return false
  return caller.hotline !== null || (rules.hotlineQueues.has(queue) && rules.isCustomer(caller))
}

function inbound(event: { pbxId: string; at: Instant }, caller: ChannelView): Call {
  return startCall({
    pbxId: event.pbxId,
    uniqueid: caller.uniqueid,
    linkedid: caller.linkedid,
    at: event.at,
    callerIdNum: caller.callerIdNum,
    callerIdName: caller.callerIdName,
    withheld: caller.withheld,
    tagged: caller.hotline !== null,
  })
}

/** A tagged call that bypasses the queues begins when it rings a phone of ours. */
function begunByDial(
  event: Extract<CallEvent, { type: 'dial_begun' }>,
  rules: CallRules,
): Call | null {
  const { caller, agent } = event
  if (caller === null) {
    return isCallbackChannel(agent.uniqueid)
      ? startCallback(event.pbxId, agent.uniqueid, event.at)
      : null
  }
  if (isCallbackChannel(caller.uniqueid))
    return startCallback(event.pbxId, caller.uniqueid, event.at)
  if (caller.hotline === null || agentExtension(agent, null, rules) === null) return null
  return inbound(event, caller)
}

/** The dialplan writes its journal for callers of the hotline only. */
function begunByJournal(
  event: Extract<CallEvent, { type: 'journal_answered' | 'journal_asked' | 'journal_ended' }>,
  linkedid: string,
): Call {
  const start = startCall({
    pbxId: event.pbxId,
    uniqueid: event.uniqueid,
    linkedid,
    at: enteredAtOf(event),
    callerIdNum: event.callerIdNum,
    callerIdName: null,
    withheld: event.withheld,
    tagged: true,
  })
  const started = { ...start, receivedAt: event.receivedAt }
  const isBefore = event.type === 'journal_ended' && event.outcome === 'left_in_notice'
  const queue = isBefore ? null : journalQueue(event.queue)
  return queue === null ? started : inferVisit(started, queue, started.enteredAt, 0)
}

/** The notice comes before the queue: an answer tells how long the caller waited, an end does not. */
function enteredAtOf(
  event: Extract<CallEvent, { type: 'journal_answered' | 'journal_asked' | 'journal_ended' }>,
): Instant {
  if (event.type !== 'journal_answered' || journalQueue(event.queue) === null)
    return event.receivedAt
  return laterOf(event.receivedAt, plusSeconds(event.at, -event.holdSeconds))
}

/**
 * A call that the PBX shows and that is not known yet; null when it is none of ours, or neither in a
 * queue nor ringing a phone yet.
 */
export function newCallSeen(
  pbxId: string,
  channel: LiveChannel,
  snapshot: SnapshotIndex,
  rules: CallRules,
): Call | null {
  const at = plusSeconds(snapshot.takenAt, -channel.durationSeconds)
  if (isCallbackChannel(channel.uniqueid)) return startCallback(pbxId, channel.uniqueid, at)
  const waiting = snapshot.waiting.get(channel.uniqueid)
  const queue = waiting?.queue ?? queueOf(channel)
  const isRinging = channel.hotline !== null && channel.application === 'Dial'
  if (waiting === undefined && channel.bridgeId === null && !isRinging) return null
  if (!isHotlineCaller(channel, queue ?? '', rules)) return null
  const started = inbound({ pbxId, at }, channel)
  if (queue === null) return started
  return inferVisit(
    started,
    queue,
    snapshot.takenAt,
    waiting?.waitSeconds ?? channel.durationSeconds,
  )
}

/** `Queue(hotline,Ct,,,600)` lists its arguments. */
function queueOf(channel: LiveChannel): string | null {
  if (channel.application !== 'Queue') return null
  return channel.applicationData.split(',')[0] ?? null
}
