import { type Heir, heirOf } from './promise-heir.ts'

/** Somebody who could keep a promise now in its owner's place. */
export interface StandIn extends Heir {
  isLead: boolean
}

/** Whose owner is not there so long before the promise is due has it taken from them. */
export const STAND_IN_MS = 5 * 60_000

/**
 * Who keeps a promise whose owner is not there: of its team, who holds the ticket, else the agent with
 * the fewest open promises; when none of them is there a lead; null when nobody is.
 */
export function standInFor(
  there: readonly StandIn[],
  ticketHolderId: string | null,
  openOf: ReadonlyMap<string, number>,
): Heir | null {
  const isOfTeam = ({ isLead, role }: StandIn) => !isLead && role === 'agent'
  return (
    heirOf(there.filter(isOfTeam), ticketHolderId, openOf) ?? heirOf(there, ticketHolderId, openOf)
  )
}
