import { type CallRules, memberExtension } from './agent-extension.ts'
import { type Call } from './call.ts'
import { addSegment, changeSegment } from './segments.ts'
import { journalLeg, markTicketMoment } from './answer.ts'
import { endCall, outcomeOfJournal } from './call-end.ts'
import type { CallEvent } from './call-event.ts'
import { earlierOf } from '../../time.ts'

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
  if (call.segments.length > 0) return correctAnswer(call, { ...event, extension })
  const queue = journalQueue(event.queue)
  const segment = { agentUniqueid: journalLeg(extension), extension, startedAt: at }
  const answered = addSegment({ ...call, recovered: true }, { ...segment, how: 'recovered' })
  const isHotline = queue === null || rules.hotlineQueues.has(queue)
  return isHotline ? markTicketMoment(answered, at) : answered
}

/** A snapshot could only guess when the agent answered; the journal knows. */
function correctAnswer(call: Call, event: EventOf<'journal_answered'>): Call {
  const first = call.segments[0]
  if (first?.how !== 'recovered' || first.extension !== event.extension) return call
  if (first.startedAt <= event.at) return call
  const answeredAt = earlierOf(call.answeredAt, event.at)
  return changeSegment({ ...call, answeredAt }, first, { startedAt: event.at })
}

/** The PBX remembers the end and how the dialplan saw it. */
export function withJournalEnd(call: Call, event: EventOf<'journal_ended'>): Call {
  const outcome = outcomeOfJournal(event.outcome)
  return endCall(call, { at: event.at, cause: event.cause, heard: true, outcome })
}
