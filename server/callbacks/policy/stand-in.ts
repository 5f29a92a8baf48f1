import { type Heir, takerOf } from './promise-heir.ts'

/** Somebody who could keep a promise now in its owner's place. */
export interface StandIn extends Heir {
  isLead: boolean
}

/** Whose owner is not there so long before the promise is due is seen: it is taken from them, or at risk. */
export const STAND_IN_MS = 5 * 60_000
/** An owner on a pause, with a telephone that can be rung, may come back until so long before. */
export const PAUSED_STAND_IN_MS = 2 * 60_000

/** Where the owner of a promise is: there to keep it, on a pause with a telephone, or gone. */
export type Whereabouts = 'there' | 'paused' | 'gone'

/** What becomes of a promise before it is due: `at_risk` is told to the leads, `taken` given on. */
export type StepBefore = 'stays' | 'at_risk' | 'taken'

/** The same for one that is due in so many milliseconds. */
export function stepBefore(owner: Whereabouts, msToDue: number): StepBefore {
  if (owner === 'there' || msToDue > STAND_IN_MS) return 'stays'
  return owner === 'paused' && msToDue > PAUSED_STAND_IN_MS ? 'at_risk' : 'taken'
}

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
  return takerOf({ team: there.filter(isOfTeam), leads: there }, ticketHolderId, openOf)
}
