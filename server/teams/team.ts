import type { Role } from '#contract/staff.ts'
import type { TeamPatch } from '#contract/casework/teams.ts'
import type { Team } from '#contract/tickets.ts'
import { foldText } from '../customers/fold-text.ts'

/** A team as it is stored; `members` are those that are named. */
export interface StoredTeam {
  id: string
  kind: Team
  name: string
  areas: readonly string[]
  active: boolean
  version: number
  members: readonly { staffId: string; isLead: boolean }[]
}

/** Somebody who works here, as far as teams care. */
export interface TeamPerson {
  id: string
  role: Role
}

/** What a person is in one team. */
export interface Membership {
  teamId: string
  kind: Team
  isLead: boolean
}

/** Made at the first start: who is in no team by name is in the one of their role. */
export const DEFAULT_TEAMS: Readonly<Record<Team, string>> = {
  cskh: 'team-cskh',
  noc: 'team-noc',
  field: 'team-field',
}

export const DEFAULT_NAMES: Readonly<Record<Team, string>> = {
  cskh: 'CSKH',
  noc: 'NOC',
  field: 'Kỹ thuật',
}

const KIND_OF_ROLE: Readonly<Record<Role, Team | null>> = {
  agent: 'cskh',
  supervisor: 'cskh',
  noc: 'noc',
  field: 'field',
  admin: null,
}

/** The team after the change; lists that are given replace its own. */
export function changedTeam(team: StoredTeam, patch: TeamPatch): StoredTeam {
  return {
    ...team,
    name: patch.name ?? team.name,
    areas: patch.areas ?? team.areas,
    active: patch.active ?? team.active,
    members: patch.members ?? team.members,
    version: team.version + 1,
  }
}

export function isDefaultTeam(id: string): boolean {
  return Object.values(DEFAULT_TEAMS).includes(id)
}

/** Whether somebody with this role may be in a team of this kind: supervisors in any. */
export function fitsTeam(role: Role, kind: Team): boolean {
  return role === 'supervisor' || KIND_OF_ROLE[role] === kind
}

/**
 * The teams of a person: those that name them, else the default team of their role; a team that their
 * role fits no more does not count. Supervisors lead where they are (`process.md` §5: the ladder).
 */
export function membershipsOf(person: TeamPerson, teams: readonly StoredTeam[]): Membership[] {
  const named = teams.flatMap(({ id: teamId, kind, active, members }) => {
    const row = members.find(({ staffId }) => staffId === person.id)
    if (!active || row === undefined || !fitsTeam(person.role, kind)) return []
    return [{ teamId, kind, isLead: row.isLead || person.role === 'supervisor' }]
  })
  if (named.length > 0) return named
  const kind = KIND_OF_ROLE[person.role]
  if (kind === null) return []
  return [{ teamId: DEFAULT_TEAMS[kind], kind, isLead: person.role === 'supervisor' }]
}

/** Whose work a ticket is: a kind of team, and one of them when it was given to one. */
export interface Owner {
  team: Team
  teamId: string | null
}

/** Work that no team of several has is the work of all of that kind. */
export function isOwnWork(memberships: readonly Membership[], { team, teamId }: Owner): boolean {
  return memberships.some((one) => one.kind === team && (teamId === null || one.teamId === teamId))
}

/** A lead of the owning team, or a supervisor, who leads everywhere. */
export function leadsWork(
  person: TeamPerson,
  memberships: readonly Membership[],
  owner: Owner,
): boolean {
  if (person.role === 'supervisor') return true
  return isOwnWork(
    memberships.filter(({ isLead }) => isLead),
    owner,
  )
}

/**
 * The field team that serves an area, whatever its accents and case; of several the first by name.
 * Null when no team names it: then it is the work of all.
 */
export function fieldTeamFor(area: string | null, teams: readonly StoredTeam[]): string | null {
  const wanted = area === null ? '' : foldText(area).trim()
  if (wanted === '') return null
  const serving = teams
    .filter(({ kind, active }) => kind === 'field' && active)
    .filter(({ areas }) => areas.some((one) => foldText(one).trim() === wanted))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
  return serving[0]?.id ?? null
}
