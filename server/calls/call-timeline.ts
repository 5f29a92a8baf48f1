import type { Instant } from '#contract/primitives.ts'
import type { Call } from './conversation/call.ts'
import type { CallEvent, ChannelView } from './conversation/call-event.ts'
import type { CallFact } from './conversation/call-fact.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** One line of a call's history: an event of the PBX, or what was concluded and why. */
export interface TimelineEntry {
  /** The same for every copy of one event, so that a doubled event is one row. */
  eventKey: string
  at: Instant
  kind: string
  /** Facts only, never free text or phone numbers. */
  detail: Record<string, string>
}

export interface TimelineLine {
  /** The call's identity on its PBX. */
  uniqueid: string
  entry: TimelineEntry
}

/** Why a call that rang or was answered opened no ticket. */
export type NoTicketReason = 'not_a_hotline_queue' | 'internal_caller' | 'callback_of_a_ticket'

/** The event as a line; the words are in `timeline-text.ts`. */
export function eventLine(event: CallEvent): TimelineEntry {
  const detail = detailOf(event)
  return line(event.type, event.at, detail)
}

/** The customer's own hold: nobody of ours made them wait. */
export function customerHoldLine(event: EventOf<'held' | 'resumed'>): TimelineEntry {
  const kind = event.type === 'held' ? 'customer_held' : 'customer_resumed'
  return line(kind, event.at, { channel: event.uniqueid })
}

/** Conclusions worth a line: they answer "why did or didn't a ticket open". */
export function factLine(fact: CallFact): TimelineEntry | null {
  switch (fact.type) {
    case 'call_answered':
      return line('ticket_opened', fact.call.ticketMomentAt ?? fact.at, {
        extension: fact.extension,
        rule: fact.call.recovered ? 'recovered' : momentRule(fact.call),
      })
    case 'call_abandoned':
      return line('no_ticket', fact.call.endedAt ?? fact.at, { reason: 'abandoned' })
    case 'call_ended':
      return line('ended', fact.call.endedAt ?? fact.at, {
        outcome: fact.call.outcome ?? 'unobserved',
        heard: fact.call.endHeard ? 'yes' : 'no',
      })
    case 'call_entered':
    case 'agent_ringing':
    case 'agent_ring_ended':
    case 'agent_joined':
    case 'answered_without_ticket':
    case 'agent_left':
    case 'consult_changed':
    case 'call_held':
    case 'call_resumed':
    case 'call_counted':
    case 'callback_asked':
    case 'callback_progressed':
    case 'ticket_owed':
      return null
  }
}

export function noTicketLine(
  reason: NoTicketReason,
  at: Instant,
  detail: Record<string, string>,
): TimelineEntry {
  return line('no_ticket', at, { reason, ...detail })
}

function momentRule(call: Call): string {
  return call.segments[0]?.how === 'direct' ? 'dialled_and_bridged' : 'agent_connect'
}

function line(kind: string, at: Instant, detail: Record<string, string>): TimelineEntry {
  let eventKey = `${kind}|${at}`
  for (const name in detail) eventKey += `|${detail[name]}`
  return { eventKey, at, kind, detail }
}

function detailOf(event: CallEvent): Record<string, string> {
  switch (event.type) {
    case 'queue_joined':
    case 'queue_left':
    case 'queue_abandoned':
    case 'agent_called':
    case 'agent_ring_no_answer':
    case 'agent_connected':
    case 'agent_completed':
    case 'agent_dumped':
      return queueDetail(event)
    case 'journal_answered':
    case 'journal_ended':
    case 'journal_callback_ended':
    case 'originate_responded':
    case 'callback_confirmation':
    case 'callback_consent':
      return reportedDetail(event)
    case 'callback_asked':
    case 'journal_asked':
      return { queue: event.queue }
    case 'channel_created':
      return { channel: event.channel.uniqueid, context: event.context }
    case 'channel_renamed':
    case 'held':
    case 'resumed':
      return { channel: event.uniqueid }
    case 'presentation_changed':
      return { withheld: yesNo(event.withheld) }
    case 'dial_begun':
      return agentOf(event.agent)
    case 'dial_ended':
      return { ...agentOf(event.agent), dialStatus: event.dialStatus }
    case 'bridge_entered':
      return { ...agentOf(event.channel), bridge: event.bridgeId }
    case 'bridge_left':
      return { channel: event.uniqueid, bridge: event.bridgeId }
    case 'blind_transferred':
    case 'attended_transferred':
      return transferDetail(event)
    case 'picked_up':
      return { ...agentOf(event.picker), from: event.targetUniqueid }
    case 'local_bridged':
      return { one: event.oneUniqueid, two: event.twoUniqueid }
    case 'hung_up':
      return { ...agentOf(event.channel), cause: String(event.cause) }
    case 'snapshot_taken':
      return {}
  }
}

type QueueCallEvent = EventOf<
  | 'queue_joined'
  | 'queue_left'
  | 'queue_abandoned'
  | 'agent_called'
  | 'agent_ring_no_answer'
  | 'agent_connected'
  | 'agent_completed'
  | 'agent_dumped'
>

function queueDetail(event: QueueCallEvent): Record<string, string> {
  switch (event.type) {
    case 'queue_joined':
      return {
        queue: event.queue,
        position: String(event.position),
        channel: event.caller.uniqueid,
      }
    case 'queue_left':
      return { queue: event.queue }
    case 'queue_abandoned':
      return { queue: event.queue, holdSeconds: String(event.holdSeconds) }
    case 'agent_called':
      return { queue: event.queue, ...agentOf(event.agent), member: event.memberName }
    case 'agent_ring_no_answer':
      return { channel: event.agentUniqueid, ringMs: String(event.ringMs) }
    case 'agent_connected':
      return {
        queue: event.queue,
        ...agentOf(event.agent),
        member: event.memberName,
        holdSeconds: String(event.holdSeconds),
        ringSeconds: String(event.ringSeconds),
      }
    case 'agent_completed':
      return {
        queue: event.queue,
        member: event.memberName,
        talkSeconds: String(event.talkSeconds),
        reason: event.reason,
      }
    case 'agent_dumped':
      return { queue: event.queue, channel: event.agentUniqueid }
  }
}

type ReportedEvent = EventOf<
  | 'journal_answered'
  | 'journal_ended'
  | 'journal_callback_ended'
  | 'originate_responded'
  | 'callback_confirmation'
  | 'callback_consent'
>

function reportedDetail(event: ReportedEvent): Record<string, string> {
  switch (event.type) {
    case 'originate_responded':
      return { succeeded: yesNo(event.succeeded), reason: String(event.reason) }
    case 'callback_confirmation':
      return { confirmation: event.state }
    case 'callback_consent':
      return { consent: event.state }
    case 'journal_answered':
      return { extension: event.extension, queue: event.queue }
    case 'journal_ended':
      return { outcome: event.outcome, cause: String(event.cause) }
    case 'journal_callback_ended':
      return {
        dialStatus: event.dialStatus ?? '',
        cause: String(event.cause ?? ''),
        talkSeconds: String(event.talkSeconds),
      }
  }
}

/** Where it went: an extension or queue number as dialled, never a customer's number. */
function transferDetail(
  event: EventOf<'blind_transferred' | 'attended_transferred'>,
): Record<string, string> {
  const succeeded = yesNo(event.succeeded)
  if (event.type === 'blind_transferred') {
    const exten = event.exten.length <= 6 ? event.exten : 'outside'
    return { channel: event.transfererUniqueid, exten, succeeded }
  }
  const agent = event.target?.endpoint ?? ''
  return { channel: event.targetUniqueid ?? '', agent, succeeded }
}

function agentOf(channel: ChannelView): Record<string, string> {
  return { agent: channel.endpoint ?? 'local', channel: channel.uniqueid }
}

function yesNo(is: boolean): string {
  return is ? 'yes' : 'no'
}
