import type { Instant } from '#contract/primitives.ts'
import type { TicketPriority } from '#contract/tickets.ts'
import { plusMs } from '../../time.ts'

const MINUTE_MS = 60_000

/** So many minutes longer than it has a promise counts as due, by the priority of its ticket. */
const HEAD_START_MINUTES: Partial<Record<TicketPriority, number>> = { critical: 60, high: 30 }

/** Priorities whose promises go before older ones. */
export const URGENT = ['critical', 'high'] as const satisfies readonly TicketPriority[]

/** What decides which of several due promises is dialled first. */
export interface Ranked {
  id: string
  dueAt: Instant
  /** The agent pressed "dial now" and it still stands. */
  isAsked: boolean
  /** Of its ticket; null without one. */
  priority: TicketPriority | null
}

/**
 * Sorts due promises as they are dialled: what the agent asked for, then by age, in which the urgent
 * ones have a head start: no promise waits for ever behind newer urgent ones.
 */
export function byUrgency(a: Ranked, b: Ranked): number {
  return rank(a).localeCompare(rank(b))
}

function rank({ isAsked, dueAt, id, priority }: Ranked): string {
  const headStart = (priority && HEAD_START_MINUTES[priority]) ?? 0
  return `${isAsked ? 0 : 1} ${plusMs(dueAt, -headStart * MINUTE_MS)} ${id}`
}
