import type { TicketStatus } from '#contract/tickets.ts'

/** Where a ticket waits for a word with its customer. */
const OWING: readonly TicketStatus[] = ['new', 'guiding', 'callback_due', 'customer_reply']

/**
 * Whether a call of this ticket that is said to have reached nobody is tried again by itself. `isAsked`: its
 * word has been waited for, so that the ticket is where it was when it was called about. What is put
 * right later is tried again only while a call is owed. `hasOther`: a newer promise of the ticket is the next call.
 */
export function owesRetry(
  ticket: { status: TicketStatus; isOpen: boolean } | null,
  { isAsked, hasOther }: { isAsked: boolean; hasOther: boolean },
): boolean {
  if (ticket === null || !ticket.isOpen || hasOther) return false
  return isAsked || OWING.includes(ticket.status)
}
