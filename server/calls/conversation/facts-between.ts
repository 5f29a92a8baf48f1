import { type CallCounts, NO_CALLS, sameCounts } from '#contract/supervision/figures.ts'
import type { Instant } from '#contract/primitives.ts'
import { localDay } from '../../calendar/working-days.ts'
import type { Call, CallbackCall, Ring, Segment } from './call.ts'
import { contribution, countedQueue } from './contribution.ts'
import { consultOf } from '../talk/consult.ts'
import { isOnHold } from '../talk/hold.ts'
import type { CallFact, RingEndReason } from './call-fact.ts'
import { isRefusing } from './rings.ts'
import { talkingExtensions } from './segments.ts'

/**
 * The facts that lie between a call before and after an event. Because a fact is a difference, it
 * is stated once, however often, late or out of order its events come.
 */
export function factsBetween(before: Call | null, after: Call, at: Instant): CallFact[] {
  if (before === after) return []
  const facts: CallFact[] = []
  if (before === null && after.direction === 'inbound' && after.outcome !== 'left_in_notice')
    facts.push({ type: 'call_entered', at, call: after })
  addRinging(facts, before, after, at)
  addAgents(facts, before, after, at)
  addRingEnds(facts, before, after, at)
  addConsult(facts, before, after, at)
  addHold(facts, before, after, at)
  addAsk(facts, before, after, at)
  addEnd(facts, before, after, at)
  if (after.direction === 'callback') addCallback(facts, before, after, at)
  addCounts(facts, before, after, at)
  return facts
}

function addRinging(facts: CallFact[], before: Call | null, after: Call, at: Instant): void {
  if (before?.rings === after.rings || after.endedAt !== null) return
  for (const ring of after.rings) {
    if (!isRinging(ring) || ring.by === 'pickup') continue
    if (before !== null && rings(before, ring.extension)) continue
    if (isRefusing(after, ring)) continue
    facts.push({ type: 'agent_ringing', at, call: after, extension: ring.extension })
  }
}

function addRingEnds(facts: CallFact[], before: Call | null, after: Call, at: Instant): void {
  if (before === null || before.rings === after.rings) return
  const stated = new Set<string>()
  for (const ring of before.rings) {
    if (!isRinging(ring) || ring.by === 'pickup' || stated.has(ring.extension)) continue
    const now = after.rings.find((same) => same.agentUniqueid === ring.agentUniqueid)
    const reason = endReason(now)
    if (reason === null || rings(after, ring.extension) || isRefusing(before, ring)) continue
    stated.add(ring.extension)
    facts.push({ type: 'agent_ring_ended', at, call: after, extension: ring.extension, reason })
  }
}

/** Null while it rings and when this agent answered: then there is nothing to withdraw. */
function endReason(ring: Ring | undefined): RingEndReason | null {
  if (ring === undefined) return 'no_answer'
  return ring.end === 'answered' ? null : ring.end
}

/** An agent whose phone rings on two channels (Local member, second cycle) rings once. */
function rings(call: Call, extension: string): boolean {
  return call.rings.some((ring) => ring.extension === extension && isRinging(ring))
}

function isRinging(ring: Ring): boolean {
  return ring.endedAt === null
}

function addAgents(facts: CallFact[], before: Call | null, after: Call, at: Instant): void {
  const known = before?.segments ?? []
  const isMoment = (before?.ticketMomentAt ?? null) === null && after.ticketMomentAt !== null
  const fresh = after.segments.slice(known.length)
  const answering = isMoment ? (fresh[0] ?? after.segments.at(-1)) : undefined
  if (answering !== undefined) {
    facts.push({ type: 'call_answered', at, call: after, extension: answering.extension })
  }
  const isJoinable = after.ticketMomentAt !== null || after.direction === 'callback'
  for (const segment of fresh) {
    // `callback_progressed` states the talk of a callback's own agent.
    if (segment === answering || segment.how === 'callback') continue
    if (!isJoinable && after.endedAt !== null) continue
    const type = isJoinable ? 'agent_joined' : 'answered_without_ticket'
    facts.push({ type, at, call: after, extension: segment.extension })
  }
  addLeaves(facts, known, after, at)
}

/** At the end of the call `call_ended` speaks for everybody. */
function addLeaves(facts: CallFact[], known: Segment[], after: Call, at: Instant): void {
  if (after.endedAt !== null || known === after.segments) return
  const talking = talkingExtensions(after)
  for (const [index, segment] of known.entries()) {
    if (segment.endedAt !== null || after.segments[index]?.endedAt === null) continue
    if (talking.includes(segment.extension)) continue
    facts.push({ type: 'agent_left', at, call: after, extension: segment.extension })
  }
}

function addConsult(facts: CallFact[], before: Call | null, after: Call, at: Instant): void {
  if (before === null || before.rings === after.rings || after.endedAt !== null) return
  const isNews = talkingExtensions(after).some(
    (agent) => consultOf(before, agent)?.since !== consultOf(after, agent)?.since,
  )
  if (isNews) facts.push({ type: 'consult_changed', at, call: after })
}

function addHold(facts: CallFact[], before: Call | null, after: Call, at: Instant): void {
  if (before === null || after.endedAt !== null || before.segments === after.segments) return
  const isHeld = isOnHold(after)
  if (isHeld === isOnHold(before)) return
  facts.push({ type: isHeld ? 'call_held' : 'call_resumed', at, call: after })
}

function addAsk(facts: CallFact[], before: Call | null, after: Call, at: Instant): void {
  const { askedNumber } = after
  if (askedNumber === null || askedNumber === (before?.askedNumber ?? null)) return
  facts.push({ type: 'callback_asked', at, call: after, number: askedNumber })
}

function addEnd(facts: CallFact[], before: Call | null, after: Call, at: Instant): void {
  if (after.outcome === 'abandoned' && before?.outcome !== 'abandoned') {
    facts.push({ type: 'call_abandoned', at, call: after })
  }
  if (after.endedAt !== null && (before?.endedAt ?? null) === null) {
    facts.push({ type: 'call_ended', at, call: after })
  }
}

/** After the end the stage is restated when better evidence comes: the journal, a late Hangup. */
function addCallback(
  facts: CallFact[],
  before: Call | null,
  after: CallbackCall,
  at: Instant,
): void {
  const evidence = after.callback
  const known = before?.direction === 'callback' ? before.callback : null
  const hasEnded = after.endedAt !== null
  const isNews = hasEnded
    ? before === null || before.endedAt === null || known !== evidence
    : known?.stage !== evidence.stage
  if (!isNews) return
  const stage = hasEnded ? 'ended' : evidence.stage
  facts.push({ type: 'callback_progressed', at, call: after, stage })
}

/** A call that is counted elsewhere than before (an earlier visit was learnt) is moved there. */
function addCounts(facts: CallFact[], before: Call | null, after: Call, at: Instant): void {
  const known = before === null ? NO_CALLS : contribution(before)
  const now = contribution(after)
  if (before === null || isCountedAlike(before, after)) {
    return addCount(facts, at, after, known, now)
  }
  addCount(facts, at, before, known, NO_CALLS)
  addCount(facts, at, after, NO_CALLS, now)
}

function addCount(
  facts: CallFact[],
  at: Instant,
  call: Call,
  before: CallCounts,
  after: CallCounts,
): void {
  if (!sameCounts(before, after)) {
    facts.push({ type: 'call_counted', at, call, before, after })
  }
}

/** Counters are kept by queue and by the day of entry. */
function isCountedAlike(before: Call, after: Call): boolean {
  if (countedQueue(before) !== countedQueue(after)) return false
  return (
    before.enteredAt === after.enteredAt || localDay(before.enteredAt) === localDay(after.enteredAt)
  )
}
