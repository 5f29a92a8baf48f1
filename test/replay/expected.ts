import type { EndState } from './end-state.ts'

/**
 * What each scenario comes to, in one line: direction, outcome, who talked, and whose ticket with
 * which number; for a callback how the attempt ended and what became of the promise.
 */
export const EXPECTED: Record<string, string> = {
  'abandon-while-ringing': 'inbound abandoned',
  abandon: 'inbound abandoned',
  answered: 'inbound answered by 101, ticket of 101 for +84912345678',
  'attended-transfer-to-queue': 'inbound answered by 101 102, ticket of 101 for +84912345678',
  'attended-transfer': 'inbound answered by 101 102, ticket of 101 for +84912345678',
  'blind-transfer-to-extension': 'inbound answered by 101 102, ticket of 101 for +84912345678',
  'blind-transfer-to-queue': 'inbound answered by 101 102, ticket of 101 for +84912345678',
  'broken-utf8-name': 'inbound answered by 101, ticket of 101 for +84900000003',
  'callback-agent-leaves': 'callback answered by 101, reached, promise done',
  'callback-agent-no-answer': 'callback not_answered, agent_no_answer, promise failed',
  'callback-answered': 'callback answered by 101, reached, promise done',
  'callback-busy': 'callback not_answered, busy, promise scheduled',
  'callback-no-answer': 'callback not_answered, no_answer, promise scheduled',
  'direct-hotline-call': 'inbound answered by 101, ticket of 101 for +84912345678',
  'feature-code-attended-transfer-to-queue':
    'inbound answered by 101 102, ticket of 101 for +84912345678',
  'feature-code-blind-transfer': 'inbound answered by 101 102, ticket of 101 for +84912345678',
  'hidden-number': 'inbound answered by 101, ticket of 101 for null',
  'local-member-blind-transfer': 'inbound answered by 101 102, ticket of 101 for +84912345678',
  'local-member-optimized': 'inbound answered by 101 102, ticket of 101 for +84912345678',
  hold: 'inbound answered by 101, ticket of 101 for +84912345678',
  'number-with-line-feed': 'inbound answered by 101, ticket of 101 for +84900000004',
  'pbx-crash-mid-call': 'inbound answered by 101, ticket of 101 for +84912345678',
  'pbx-restart-mid-call': 'inbound answered by 101, ticket of 101 for +84912345678',
  pickup: 'inbound answered by 102, ticket of 102 for +84912345678',
  'queue-timeout': 'inbound timeout',
  'ring-all-losers': 'inbound answered by 102, ticket of 102 for +84912345678',
  'ring-no-answer-then-answered': 'inbound answered by 101, ticket of 101 for +84912345678',
  'short-call': 'inbound left_in_notice',
  'vietnamese-name': 'inbound answered by 101, ticket of 101 for +84900000002',
}

/** An end state in the words of `EXPECTED`; anything unusual shows as more words. */
export function summary(state: EndState): string {
  const parts = [
    ...state.calls.map((call) => {
      const agents = call.agents.length > 0 ? ` by ${call.agents.join(' ')}` : ''
      const odd = call.status === 'ended' ? '' : ` still ${call.status}`
      return `${call.direction} ${call.outcome}${agents}${odd}`
    }),
    ...state.tickets.map((ticket) => `ticket of ${ticket.assignee} for ${ticket.number}`),
    ...state.attempts.map((attempt) => `${attempt.outcome}, promise ${attempt.callback}`),
    ...state.pops.map((pop) => `live pop ${pop}`),
  ]
  return parts.join(', ')
}
