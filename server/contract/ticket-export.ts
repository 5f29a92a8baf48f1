import { z } from 'zod'
import { id, instant } from './primitives.ts'
import { ticket } from './tickets.ts'

/** A ticket as a file: what is on record, as this person may read it, and nothing of what may be done. */
export const ticketExport = z.object({
  exportedAt: instant,
  exportedBy: z.object({ id, displayName: z.string() }),
  ticket: ticket.omit({ actions: true, permissions: true, candidates: true, outageOffer: true }),
})
export type TicketExport = z.infer<typeof ticketExport>
