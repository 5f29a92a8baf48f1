import type { ClockFact } from '../process/casework-fact.ts'

/** What people are told of a clock that came to an alarm. */
export function noticeOf(fact: Extract<ClockFact, { type: 'clock_alarmed' }>) {
  const { ticketId, staffIds, onceKey, clock, step, at, dueAt } = fact
  const fields = { clock, step, at, ...(dueAt === null ? {} : { dueAt }) }
  return { staffIds, kind: 'clock_alarm' as const, ticketId, fields, onceKey }
}
