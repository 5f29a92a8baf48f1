import type { TeamView, TeamWork } from '#contract/casework/teams.ts'
import { ticketStatus } from '#contract/tickets.ts'
import type { Team, TicketRow, TicketStatus } from '#contract/tickets.ts'
import type { Role, SessionUser } from '#contract/staff.ts'

const KIND_OF: Partial<Record<Role, Team>> = { agent: 'cskh', noc: 'noc', field: 'field' }

/** The teams whose work a person sees: their own, else the default one of their role; leads see all. */
export function teamsOf(user: Pick<SessionUser, 'id' | 'role'>, teams: readonly TeamView[]) {
  const atWork = teams.filter(({ active }) => active)
  if (user.role === 'supervisor' || user.role === 'admin') return atWork
  const own = atWork.filter(({ members }) => members.some(({ id }) => id === user.id))
  if (own.length > 0) return own
  return atWork.filter(({ kind, isDefault }) => isDefault && kind === KIND_OF[user.role])
}

/** Whether this person leads the team; supervisors and administrators stand in for leads. */
export function leads(user: Pick<SessionUser, 'id' | 'role'>, team: TeamView): boolean {
  if (user.role === 'supervisor' || user.role === 'admin') return true
  return team.members.some(({ id, isLead }) => id === user.id && isLead)
}

/** Everybody in these teams, once. */
export function peopleOf(teams: readonly TeamView[]): TeamView['members'] {
  const people = teams.flatMap(({ members }) => members)
  return [...new Map(people.map((person) => [person.id, person])).values()]
}

/** The rows of one stage, or of all in the order of the process. */
export function workRows(work: TeamWork, stage: TicketStatus | undefined): TicketRow[] {
  return work.stages
    .filter(({ status }) => stage === undefined || status === stage)
    .flatMap(({ items }) => items)
}

export type WorkVerb = 'accept' | 'take' | 'assign' | 'hand_back'

const WAITING: readonly TicketStatus[] = ['noc_queued', 'field_queued']

/** What a person may do to a row of their team, the main thing first. */
export function workVerbs(
  row: Pick<TicketRow, 'status' | 'assignee' | 'team'>,
  user: Pick<SessionUser, 'id' | 'role'>,
  isLead: boolean,
): WorkVerb[] {
  const isMine = row.assignee?.id === user.id
  const isFree = row.assignee === null
  const worksHere = KIND_OF[user.role] === row.team
  const verbs: WorkVerb[] = []
  if (WAITING.includes(row.status) && worksHere && (isFree || isMine)) verbs.push('accept')
  else if (isFree && worksHere) verbs.push('take')
  if (isLead) verbs.push('assign')
  if (!isFree && (isMine || isLead)) verbs.push('hand_back')
  return verbs
}

/** The filters of the team's list, kept in its address. */
export interface WorkSearch {
  team?: string
  stage?: TicketStatus
}

export function workSearch(search: Record<string, unknown>): WorkSearch {
  const { team } = search
  const stage = ticketStatus.options.find((known) => known === search['stage'])
  return {
    ...(typeof team === 'string' && team !== '' ? { team } : {}),
    ...(stage ? { stage } : {}),
  }
}
