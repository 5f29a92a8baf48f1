import { type CallRules, memberExtension } from './agent-extension.ts'
import type { Call, Segment } from './call.ts'
import { addSegment, changeSegment, endSegment } from './segments.ts'
import { joinByTransfer, journalLeg, markTicketMoment, moveAnswer } from './answer.ts'
import { endCall, outcomeOfJournal } from './call-end.ts'
import type { CallEvent } from './call-event.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../../time.ts'
import { leaveUnheard } from './queue-visits.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** What the dialplan writes where a call bypassed the queues. */
const DIRECT = 'direct'

/** The queue that a journal entry names; null for a direct call. */
export function journalQueue(queue: string): string | null {
  return queue === DIRECT || queue === '' ? null : queue
}

/** The PBX remembers an answer: late news when it was heard, the ticket moment when it was not. */
export function withJournalAnswer(
  call: Call,
  event: EventOf<'journal_answered'>,
  rules: CallRules,
): Call {
  const { at } = event
  const extension = memberExtension(event.extension, rules)
  if (event.isLater === true) return withLaterAnswer(call, extension, at)
  return withAnswer(withReceipt(call, event.receivedAt), { ...event, extension }, rules)
}

/** The caller reached the service before the queue: notice and menu are part of the wait for `svc60`. */
export function withReceipt<C extends Call>(call: C, at: Instant): C {
  const { receivedAt = call.enteredAt } = call
  return call.direction === 'callback' || at >= receivedAt ? call : { ...call, receivedAt: at }
}

function withAnswer(call: Call, event: EventOf<'journal_answered'>, rules: CallRules): Call {
  const { at, extension } = event
  if (call.segments.length > 0) return correctAnswer(call, event)
  const queue = journalQueue(event.queue)
  const segment = { agentUniqueid: journalLeg(extension), extension, startedAt: at }
  const left = leaveUnheard({ ...call, recovered: true }, at)
  const answered = addSegment(left, { ...segment, how: 'recovered' })
  const isHotline = queue === null || rules.hotlineQueues.has(queue)
  return isHotline ? markTicketMoment(answered, at) : answered
}

/** The call was passed on: this agent came, and whoever was there before had left by then. */
function withLaterAnswer(call: Call, extension: string, at: Instant): Call {
  if (call.segments.some((segment) => segment.extension === extension && isAround(segment, at)))
    return call
  const left = call.segments
    .filter(({ startedAt, endedAt }) => startedAt < at && (endedAt === null || endedAt > at))
    .reduce((next, segment) => endSegment(next, segment.agentUniqueid, at), call)
  return joinByTransfer(left, journalLeg(extension), extension, at)
}

/** The journal is written a moment before the bridge. */
const AROUND_MS = 2_000

function isAround({ startedAt, endedAt }: Segment, at: Instant): boolean {
  return (
    startedAt <= plusMs(at, AROUND_MS) && (endedAt === null || endedAt >= plusMs(at, -AROUND_MS))
  )
}

/** A snapshot could only guess when the agent answered; the journal knows. */
function correctAnswer(call: Call, event: EventOf<'journal_answered'>): Call {
  const first = call.segments[0]
  if (first?.how !== 'recovered' || first.extension !== event.extension) return call
  if (first.startedAt <= event.at) return call
  return changeSegment(moveAnswer(call, first, event.at), first, { startedAt: event.at })
}

/** The PBX remembers the end and how the dialplan saw it: better than where the Hangup found the caller. */
export function withJournalEnd(call: Call, event: EventOf<'journal_ended'>): Call {
  const outcome = outcomeOfJournal(event.outcome)
  const { refusedBy } = event
  const received = withReceipt(call, event.receivedAt)
  const told = refusedBy === undefined ? received : { ...received, refusedBy }
  const meant = outcome === 'left_in_notice' ? journalQueue(event.queue) : null
  const known = meant === null ? told : { ...told, meantQueue: meant }
  const ended = endCall(known, { at: event.at, cause: event.cause, heard: true, outcome })
  return outcome === null || ended.toldOutcome === null ? ended : { ...ended, toldOutcome: outcome }
}
