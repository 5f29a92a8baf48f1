import type { Ticket, TicketRow } from '#contract/tickets.ts'

/** What is due first: the hour that a customer waits for, then the clock that runs out next. */
export function inVisitOrder<Row extends Pick<TicketRow, 'visitAt' | 'stageClock'>>(
  rows: readonly Row[],
): Row[] {
  const at = ({ visitAt, stageClock }: Row) => visitAt ?? stageClock?.dueAt ?? '9999'
  return rows.toSorted((a, b) => at(a).localeCompare(at(b)))
}

/** Opens the maps of this device at an address; `geo:` is known to Android alone. */
export function mapLink(address: string, userAgent: string): string {
  const query = encodeURIComponent(address)
  if (userAgent.includes('Android')) return `geo:0,0?q=${query}`
  if (/iPhone|iPad/.test(userAgent)) return `https://maps.apple.com/?q=${query}`
  return `https://www.google.com/maps/search/?api=1&query=${query}`
}

/** When this person wrote this note in this round of the ticket; null when they did not. */
export function notedAt(
  { timeline, statusSince }: Pick<Ticket, 'timeline' | 'statusSince'>,
  note: string,
  staffId: string,
): string | null {
  const line = timeline.findLast(
    (entry) =>
      entry.kind === 'note' &&
      entry.note === note &&
      entry.actor?.id === staffId &&
      entry.at >= statusSince,
  )
  return line?.at ?? null
}
