import type { ClockFact, PromiseFact } from './domain-fact.ts'

/** What people are told of a clock that came to an alarm. */
export function noticeOf(fact: Extract<ClockFact, { type: 'clock_alarmed' }>) {
  const { ticketId, staffIds, onceKey, clock, step, at, dueAt } = fact
  const fields = { clock, step, at, ...(dueAt === null ? {} : { dueAt }) }
  return { staffIds, kind: 'clock_alarm' as const, ticketId, fields, onceKey }
}

/** What a ticket's timeline says of its promise. */
export function lineOf(fact: Exclude<PromiseFact, { type: 'promise_call_begun' }>) {
  const { ticketId, promiseId: callbackId } = fact
  switch (fact.type) {
    case 'promise_made':
    case 'promise_moved': {
      const fields = { callbackId, dueAt: fact.dueAt }
      const kind = 'callback_promised' as const
      return { ticketId, actorId: fact.actorId, kind, note: '', fields }
    }
    case 'promise_cancelled': {
      const fields = { callbackId, outcome: 'cancelled' }
      const kind = 'callback_ended' as const
      return { ticketId, actorId: fact.actorId, kind, note: fact.reason, fields }
    }
    case 'promise_handed_over': {
      const { actorId, toName } = fact
      const kind = 'callback_handed_over' as const
      return { ticketId, actorId, kind, note: '', fields: { callbackId, to: toName } }
    }
    case 'promise_outcome_given': {
      const { actorId, outcome, note } = fact
      const fields = { callbackId, outcome, corrected: '1' }
      return { ticketId, actorId, kind: 'callback_ended' as const, note, fields }
    }
    case 'promise_attempted': {
      const { assigneeId: actorId, extension, outcome } = fact
      const kind =
        outcome === 'reached' ? ('callback_ended' as const) : ('callback_attempt' as const)
      const fields = { callbackId, attempt: String(fact.attempt), extension, outcome }
      return { ticketId, actorId, kind, note: '', fields }
    }
  }
}
