import type { CallRow } from '#contract/calls.ts'
import type { OutgoingCallOrder } from '#contract/outgoing-calls.ts'

/**
 * How whoever called is called from a list; null where nobody can be: a hidden number, a call that goes
 * on. Who sees no numbers calls the contact of the ticket.
 */
export function callBackOrder({
  number,
  ticket,
  endedAt,
}: Pick<CallRow, 'number' | 'ticket' | 'endedAt'>): OutgoingCallOrder | null {
  if (endedAt === null || number.kind === 'anonymous') return null
  const seen = number.raw === '' ? {} : { number: number.raw }
  const of = ticket === null ? {} : { ticketId: ticket.id }
  return number.raw === '' && ticket === null ? null : { ...of, ...seen }
}
