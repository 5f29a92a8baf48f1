import type { TicketKind, TicketPriority } from '#contract/tickets.ts'

/** The choices of the ticket form in the order they are offered. */
export const ticketKind = [
  'incident',
  'complaint',
  'request',
  'info',
] as const satisfies readonly TicketKind[]

export const ticketPriority = [
  'critical',
  'high',
  'normal',
  'low',
] as const satisfies readonly TicketPriority[]
