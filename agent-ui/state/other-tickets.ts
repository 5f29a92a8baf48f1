import type { TicketRef } from '#contract/tickets.ts'

/** Tickets found in several ways, each once, the newest first, without the one in front. */
export function otherTickets<Row extends TicketRef>(
  ticketId: string | null,
  found: readonly (readonly Row[])[],
): Row[] {
  const byId = new Map(found.flat().map((row) => [row.id, row]))
  return [...byId.values()]
    .filter(({ id }) => id !== ticketId)
    .toSorted((a, b) => b.receivedAt.localeCompare(a.receivedAt))
}
