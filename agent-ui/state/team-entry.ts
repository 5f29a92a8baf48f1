import { z } from 'zod'
import { words } from '#contract/primitives.ts'
import type { StaffMember } from '#contract/staff.ts'
import type { TeamCreate, TeamView } from '#contract/casework/teams.ts'
import { team } from '#contract/tickets.ts'
import type { Team } from '#contract/tickets.ts'

export type Membership = 'none' | 'member' | 'lead'

/** A team as typed into the form: areas as words with commas, and each person's part in it. */
export interface TeamEntry {
  kind: Team
  name: string
  areas: string
  members: Record<string, Membership>
}

export const teamEntrySchema = z.object({
  kind: team,
  name: words().min(1).max(80),
  areas: z.string().max(4000),
  members: z.record(z.string(), z.enum(['none', 'member', 'lead'])),
})

export function teamEntryOf(known: TeamView | null): TeamEntry {
  return {
    kind: known?.kind ?? 'field',
    name: known?.name ?? '',
    areas: known?.areas.join(', ') ?? '',
    members: Object.fromEntries(
      (known?.members ?? []).map(({ id, isLead }) => [id, isLead ? 'lead' : 'member']),
    ),
  }
}

export function teamInput(entry: TeamEntry): TeamCreate {
  return {
    kind: entry.kind,
    name: entry.name.trim(),
    areas: entry.areas
      .split(',')
      .map((area) => area.trim())
      .filter(Boolean),
    members: Object.entries(entry.members).flatMap(([staffId, part]) =>
      part === 'none' ? [] : [{ staffId, isLead: part === 'lead' }],
    ),
  }
}

const ROLE_OF: Record<Team, StaffMember['role']> = { cskh: 'agent', noc: 'noc', field: 'field' }

/** Who can be in a team of this kind: its role, and who is in it already. */
export function candidatesOf(people: readonly StaffMember[], entry: TeamEntry): StaffMember[] {
  return people.filter(
    ({ id, role, active }) =>
      (active && role === ROLE_OF[entry.kind]) || (entry.members[id] ?? 'none') !== 'none',
  )
}
