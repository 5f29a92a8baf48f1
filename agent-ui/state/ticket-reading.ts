import type { Role } from '#contract/staff.ts'
import type { Team, Ticket } from '#contract/tickets.ts'

type Known = Pick<Ticket, 'status' | 'mergedInto' | 'actions' | 'team'>

function isOver({ status }: Pick<Ticket, 'status'>): boolean {
  return status === 'closed' || status === 'cancelled'
}

/** Why this person reads the details instead of editing them; null where another notice says it. */
export function readingReason(ticket: Known): 'over' | 'steps' | 'notes' | null {
  if (ticket.mergedInto !== null) return null
  if (isOver(ticket)) return 'over'
  return ticket.actions.length > 0 ? 'steps' : 'notes'
}

const TEAM_OF: Partial<Record<Role, Team>> = { agent: 'cskh', noc: 'noc', field: 'field' }

/** Why there is no step for this person; null where another notice says it. */
export function idleReason(ticket: Known, role: Role): 'over' | 'elsewhere' | 'none' | null {
  if (ticket.mergedInto !== null) return null
  if (isOver(ticket)) return 'over'
  const own = TEAM_OF[role]
  return own !== undefined && own !== ticket.team ? 'elsewhere' : 'none'
}
