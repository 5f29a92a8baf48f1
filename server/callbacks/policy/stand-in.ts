import { type Heir, heirOf } from './promise-heir.ts'

/** Somebody who could keep a promise now in its owner's place. */
export interface StandIn extends Heir {
  isLead: boolean
}

/** Whose owner is not there so long before the promise is due has it taken from them. */
export const STAND_IN_MS = 5 * 60_000
/** An owner on a pause, with a telephone that can be rung, is expected back until so long before. */
export const PAUSED_STAND_IN_MS = 2 * 60_000

/** Where the owner of a promise is: there to keep it, on a pause with a telephone, or gone. */
export type Whereabouts = 'there' | 'paused' | 'gone'

/** Whether a promise that is due in so many milliseconds is to be kept by somebody else now. */
export function isToBeTaken(owner: Whereabouts, msToDue: number): boolean {
  switch (owner) {
    case 'there':
      return false
    case 'paused':
      return msToDue <= PAUSED_STAND_IN_MS
    case 'gone':
      return msToDue <= STAND_IN_MS
  }
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
  return (
    heirOf(there.filter(isOfTeam), ticketHolderId, openOf) ?? heirOf(there, ticketHolderId, openOf)
  )
}
