import type { Ticket } from '#contract/tickets.ts'
import { isAnswering } from './replies.ts'

export type TicketPart = 'matter' | 'guidance' | 'replies'

/** First what the next step is about, so that nobody scrolls for it: the checklist, or the answers. */
export function partsInOrder(ticket: Pick<Ticket, 'status' | 'actions'>): readonly TicketPart[] {
  if (ticket.actions.some(({ action }) => action === 'save_guidance')) {
    return ['guidance', 'matter', 'replies']
  }
  if (isAnswering(ticket)) return ['replies', 'matter', 'guidance']
  return ['matter', 'guidance', 'replies']
}
