import type { Instant } from '#contract/primitives.ts'
import type { TicketKind } from '#contract/tickets.ts'

/** Working days for the whole ticket (process.md §5); requests and information carry no such clock. */
const WORKING_DAYS: Readonly<Record<TicketKind, number | null>> = {
  incident: 20,
  complaint: 20,
  request: null,
  info: null,
}

/** The kinds whose deadline moves with the calendar. */
export const DATED_KINDS: readonly TicketKind[] = ['incident', 'complaint']

/** When working days counted from an instant are over. */
export type DueAt = (receivedAt: Instant, workingDays: number) => Instant

/** When a ticket of this kind is due, or null; it counts from receipt and never restarts. */
export function ticketDueAt(kind: TicketKind, receivedAt: Instant, dueAt: DueAt): Instant | null {
  const days = WORKING_DAYS[kind]
  return days === null ? null : dueAt(receivedAt, days)
}
