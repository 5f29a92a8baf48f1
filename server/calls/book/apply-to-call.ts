import type { CallBook } from './call-book.ts'
import type { Call } from '../conversation/call.ts'
import { customerChannel } from '../conversation/caller.ts'
import { withReceipt } from '../conversation/journal-evidence.ts'
import { findSegment } from '../conversation/segments.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import { type Applied, mergeApplied, NOTHING } from './applied.ts'
import type { Entry } from './call-index.ts'
import { newCallBy } from './new-call.ts'
import {
  customerHoldLine,
  eventLine,
  factLine,
  noTicketLine,
  type TimelineEntry,
  type TimelineLine,
} from '../call-timeline.ts'
import { hangupOf } from './live-channels.ts'
import { reduceNewCall, type Reduced, reduceCall } from './reduce-call.ts'

/** The first event of a channel that no call knows: a call of ours begins, or nothing happens. */
export function applyToNewCall(book: CallBook, event: CallEvent): Applied {
  const begun = newCallBy(event, book.rules)
  if (begun === null) return NOTHING
  const start = withReceipt(begun, book.live.known.get(begun.uniqueid)?.since ?? begun.enteredAt)
  const { call, facts } = reduceNewCall(start, event, book.rules)
  const entry = book.index.add(call)
  linkAgentChannel(book, entry, event)
  const applied = recordChange(book, entry, event, { call, facts })
  if (call.direction === 'callback') {
    const why = noTicketLine('callback_of_a_ticket', call.enteredAt, {})
    applied.timeline.push({ uniqueid: call.uniqueid, entry: why })
  }
  const gone = hangupOf(book.live, call.uniqueid)
  return gone === undefined ? applied : mergeApplied(applied, applyToCall(book, entry, gone))
}

/** One event of a known call. */
export function applyToCall(book: CallBook, entry: Entry, event: CallEvent): Applied {
  const reduced = reduceCall(entry.call, event, book.rules)
  linkAgentChannel(book, entry, event)
  if (reduced.call === entry.call) {
    const line = lineWithoutChange(entry.call, event)
    if (line === null) return NOTHING
    return { ...NOTHING, timeline: [{ uniqueid: entry.call.uniqueid, entry: line }] }
  }
  return recordChange(book, entry, event, reduced)
}

/** What is worth a line although it changes nothing. */
function lineWithoutChange(call: Call, event: CallEvent): TimelineEntry | null {
  if (event.type === 'agent_completed') return eventLine(event)
  const isHold = event.type === 'held' || event.type === 'resumed'
  return isHold && event.uniqueid === customerChannel(call) ? customerHoldLine(event) : null
}

/** Keeps the new state, with the timeline's lines: the event, and what was concluded from it. */
export function recordChange(
  book: CallBook,
  entry: Entry,
  event: CallEvent,
  reduced: Reduced,
): Applied {
  const { call, facts } = reduced
  const { uniqueid } = call
  book.index.update(entry, call)
  const timeline: TimelineLine[] = [{ uniqueid, entry: eventLine(event) }]
  for (const fact of facts) {
    const conclusion = factLine(fact)
    if (conclusion !== null) timeline.push({ uniqueid, entry: conclusion })
  }
  if (event.type === 'agent_connected' && isWithoutTicket(call)) {
    const why = noTicketLine('not_a_hotline_queue', event.at, { queue: event.queue })
    timeline.push({ uniqueid, entry: why })
  }
  const dropped = call.endedAt === null ? [] : book.index.dropEndedBefore(call.endedAt)
  return { changed: [call], facts, timeline, dropped }
}

function isWithoutTicket(call: Call): boolean {
  return call.ticketMomentAt === null && call.direction === 'inbound'
}

/** Lets later events of the agent's channel find the call. */
export function linkAgentChannel(book: CallBook, entry: Entry, event: CallEvent): void {
  const uniqueid = agentChannelOf(entry.call, event)
  if (uniqueid !== null) book.index.link(entry, uniqueid)
}

function agentChannelOf(call: Call, event: CallEvent): string | null {
  if ('agent' in event) return event.agent.uniqueid
  if ('picker' in event) return event.picker.uniqueid
  if ('target' in event) return event.target?.uniqueid ?? null
  if (event.type !== 'bridge_entered') return null
  return findSegment(call, event.channel.uniqueid) === undefined ? null : event.channel.uniqueid
}
