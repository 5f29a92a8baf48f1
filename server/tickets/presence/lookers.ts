import type { TicketPresence } from '#contract/casework/presence.ts'

/** A page with a ticket in front. */
export interface Looker {
  staffId: string
  displayName: string
  ticketId: string
  isTyping: boolean
  /** On the monotonic clock. */
  seenMs: number
}

/** A page that has said nothing for so long is gone. */
export const SILENCE_MS = 30_000

/** More pages than one person can have open; the longest silent one gives way. */
export const MOST_PAGES = 20

/** Each once, in the order of their names; typing when one of their pages is. */
export function peopleAt(lookers: Iterable<Looker>, ticketId: string): TicketPresence['people'] {
  const people = new Map<string, TicketPresence['people'][number]>()
  for (const { staffId: id, displayName, isTyping, ...one } of lookers) {
    if (one.ticketId !== ticketId) continue
    people.set(id, { id, displayName, isTyping: isTyping || people.get(id)?.isTyping === true })
  }
  return [...people.values()].toSorted(
    (a, b) => a.displayName.localeCompare(b.displayName, 'vi') || a.id.localeCompare(b.id),
  )
}

/** Keys of pages that are silent for too long. */
export function silentPages(lookers: ReadonlyMap<string, Looker>, nowMs: number): string[] {
  return [...lookers].flatMap(([key, { seenMs }]) => (nowMs - seenMs >= SILENCE_MS ? [key] : []))
}

/** The page that gives way when this person opens one more; null: none has to. */
export function pageTooMany(lookers: ReadonlyMap<string, Looker>, staffId: string): string | null {
  const own = [...lookers].filter(([, looker]) => looker.staffId === staffId)
  if (own.length < MOST_PAGES) return null
  const [longest] = own.toSorted(([, a], [, b]) => a.seenMs - b.seenMs)
  return longest?.[0] ?? null
}
