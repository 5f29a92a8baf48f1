import type { Ticket } from '#contract/tickets.ts'
import { isAnswering } from './replies.ts'

export type TicketPart = 'matter' | 'guidance' | 'replies' | 'composer'

/**
 * First what the next step is about, so that nobody scrolls for it: the checklist, else what is written,
 * with the answers below it while one is owed.
 */
export function partsInOrder(ticket: Pick<Ticket, 'status' | 'actions'>): readonly TicketPart[] {
  if (ticket.actions.some(({ action }) => action === 'save_guidance')) {
    return ['guidance', 'composer', 'matter', 'replies']
  }
  if (isAnswering(ticket)) return ['composer', 'replies', 'matter', 'guidance']
  return ['composer', 'matter', 'guidance', 'replies']
}
