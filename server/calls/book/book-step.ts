import type { CallBook } from './call-book.ts'
import type { Call } from '../conversation/call.ts'
import { findSegment } from '../conversation/call-agents.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import type { CallFact } from '../conversation/call-fact.ts'
import type { Entry } from './call-index.ts'
import { callBegunBy } from './call-start.ts'
import { concludedLine, heardLine, noTicketLine, type TimelineLine } from '../call-timeline.ts'
import { hangupOf } from './live-channels.ts'
import { beginCall, type Reduced, reduceCall } from '../conversation/reduce-call.ts'

/** What one event changed. */
export interface Applied {
  /** Calls after the event, each once. */
  changed: Call[]
  facts: CallFact[]
  timeline: TimelineLine[]
  /** Calls (by uniqueid) that ended 15 minutes ago and are forgotten now. */
  dropped: string[]
}

export const NOTHING: Applied = Object.freeze({ changed: [], facts: [], timeline: [], dropped: [] })

/** The first event of a channel that no call knows: a call of ours begins, or nothing happens. */
export function begin(book: CallBook, event: CallEvent): Applied {
  const start = callBegunBy(event, book.rules)
  if (start === null) return NOTHING
  const { call, facts } = beginCall(start, event, book.rules)
  const entry = book.index.add(call)
  indexAgent(book, entry, event)
  const applied = record(book, entry, event, { call, facts })
  if (call.callback !== null) {
    const why = noTicketLine('callback_of_a_ticket', call.enteredAt, {})
    applied.timeline.push({ uniqueid: call.uniqueid, entry: why })
  }
  const gone = hangupOf(book.live, call.uniqueid)
  return gone === undefined ? applied : merge(applied, step(book, entry, gone))
}

/** One event of a known call. */
export function step(book: CallBook, entry: Entry, event: CallEvent): Applied {
  const reduced = reduceCall(entry.call, event, book.rules)
  indexAgent(book, entry, event)
  if (reduced.call === entry.call) {
    if (event.type !== 'agent_completed') return NOTHING
    const timeline = [{ uniqueid: entry.call.uniqueid, entry: heardLine(event) }]
    return { changed: [], facts: [], timeline, dropped: [] }
  }
  return record(book, entry, event, reduced)
}

/** Keeps the new state and writes the lines that say what was heard and what it meant. */
export function record(book: CallBook, entry: Entry, event: CallEvent, reduced: Reduced): Applied {
  const { call, facts } = reduced
  const { uniqueid } = call
  book.index.update(entry, call)
  const timeline: TimelineLine[] = [{ uniqueid, entry: heardLine(event) }]
  for (const fact of facts) {
    const conclusion = concludedLine(fact)
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
  return call.ticketMomentAt === null && call.callback === null
}

/** Lets later events of the agent's channel find the call. */
export function indexAgent(book: CallBook, entry: Entry, event: CallEvent): void {
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

/** Two results of one event as one: each call once, in its newest state. */
export function merge(one: Applied, two: Applied): Applied {
  if (one === NOTHING) return two
  if (two === NOTHING) return one
  const newest = new Map([...one.changed, ...two.changed].map((call) => [call.uniqueid, call]))
  return {
    changed: [...newest.values()],
    facts: [...one.facts, ...two.facts],
    timeline: [...one.timeline, ...two.timeline],
    dropped: [...one.dropped, ...two.dropped],
  }
}
