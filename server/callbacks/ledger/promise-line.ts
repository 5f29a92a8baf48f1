import type { PromiseFact } from '../promise-fact.ts'

/** What a ticket's timeline says of its promise. */
export function promiseLine(
  fact: Exclude<
    PromiseFact,
    {
      type: 'promise_call_begun' | 'promise_asked' | 'promise_rules_changed' | 'promise_at_risk'
    }
  >,
) {
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
      const { actorId, outcome, was, result } = fact
      // With a result it stands on the line of the step.
      const note = result === null ? fact.note : ''
      const fields = { callbackId, outcome, ...(outcome === was ? {} : { corrected: '1' }) }
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
