import { z } from 'zod'
import { id } from '../primitives.ts'

/** What a page says of itself, at least every few seconds; `gone`: another ticket is in front, or none. */
export const presenceWord = z.object({
  /** Made by the page: a person has several. */
  pageId: id,
  doing: z.enum(['looking', 'typing', 'gone']),
})
export type PresenceWord = z.infer<typeof presenceWord>

/** Who has a ticket in front of them now, whoever reads this among them. */
export const ticketPresence = z.object({
  ticketId: id,
  people: z.array(z.object({ id, displayName: z.string(), isTyping: z.boolean() })),
})
export type TicketPresence = z.infer<typeof ticketPresence>
