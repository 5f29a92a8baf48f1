/** Somebody who can be rung for a promise. */
export interface Heir {
  id: string
  displayName: string
  role: string
}

/** Whose work promises are when nobody chose: the others help only when there is none of these. */
const FIRST_ROLE = 'agent'

/** Who may take over what somebody leaves for a while or for the day. */
export interface Takers {
  /** Of the team, and there to be rung. */
  team: readonly Heir[]
  /** Its leads who are on shift, with a phone. */
  leads: readonly Heir[]
}

/** From its owner to the team, to a lead where nobody of it is there; null when nobody is. */
export function takerOf(
  { team, leads }: Takers,
  ticketHolderId: string | null,
  openOf: ReadonlyMap<string, number>,
): Heir | null {
  return heirOf(team, ticketHolderId, openOf) ?? heirOf(leads, ticketHolderId, openOf)
}

/**
 * Who takes over a promise whose owner works here no more: who holds its ticket, else the agent with
 * the fewest open promises, else anybody with a phone; null when there is nobody.
 */
export function heirOf(
  heirs: readonly Heir[],
  ticketHolderId: string | null,
  openOf: ReadonlyMap<string, number>,
): Heir | null {
  const holder = heirs.find((heir) => heir.id === ticketHolderId)
  if (holder !== undefined) return holder
  const rank = (heir: Heir) =>
    [
      heir.role === FIRST_ROLE ? 0 : 1,
      String(openOf.get(heir.id) ?? 0).padStart(6, '0'),
      heir.id,
    ].join()
  return heirs.toSorted((a, b) => rank(a).localeCompare(rank(b)))[0] ?? null
}
