import type { SessionUser } from '#contract/staff.ts'
import type { TeamCreate, TeamPatch, TeamView } from '#contract/casework/teams.ts'
import { type Team, ticketStatus } from '#contract/tickets.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, unprocessable } from '../errors.ts'
import type { NewId, StateFact } from '../ports.ts'
import { TICKET_STATES } from '../tickets/ticket.ts'
import {
  changedTeam,
  fieldTeamFor,
  fitsTeam,
  isDefaultTeam,
  type Membership,
  membershipsOf,
  type StoredTeam,
} from './team.ts'
import { addDefaultTeams, insertTeam, listTeams, updateTeam } from './team-store.ts'
import { hasWork } from './work-store.ts'

export interface TeamDeps {
  database: Database
  newId: NewId
  /** Takes `team_changed`. */
  state: StateFact
  /** Everybody who works here, by name. */
  everybody: () => SessionUser[]
  /** Who works here; null for anybody else. */
  staffById: (staffId: string) => SessionUser | null
  /** Who is signed in now: the shift. */
  signedIn: () => Promise<ReadonlySet<string>>
}

/** Leads who can be told now, and whom to tell where there is none. */
export interface Leads {
  /** Leads of the team. */
  leads: string[]
  /** Those of them who are signed in; where nobody is, supervisors who are, else all supervisors. */
  onShift: string[]
}

export type TeamService = ReturnType<typeof createTeamService>

/** Teams and who is in them. All teams are kept in memory: every walk of a ticket asks for them. */
export function createTeamService(deps: TeamDeps) {
  const { database, state } = deps
  let teams: StoredTeam[] = []

  /** Reads all teams, before anything else; at the very first start it makes the default ones. */
  async function load(): Promise<void> {
    teams = await listTeams(database.db)
    if (teams.some(({ id }) => isDefaultTeam(id))) return
    await database.transaction((trx) => addDefaultTeams(trx.db))
    teams = await listTeams(database.db)
  }

  /** The teams of a person who works here; none of anybody else. */
  function memberTeams(staffId: string): Membership[] {
    const person = deps.staffById(staffId)
    return person === null ? [] : membershipsOf(person, teams)
  }

  /** Whether the person leads a team of this kind; supervisors lead everywhere. */
  function isLead(staffId: string, kind: Team): boolean {
    if (deps.staffById(staffId)?.role === 'supervisor') return true
    return memberTeams(staffId).some((one) => one.kind === kind && one.isLead)
  }

  /** Everybody in one team, or in all teams of the kind, by name. */
  function membersOf(kind: Team, teamId: string | null = null) {
    return deps.everybody().flatMap(({ id, displayName }) => {
      const own = memberTeams(id).filter(
        (one) => one.kind === kind && (teamId === null || one.teamId === teamId),
      )
      return own.length === 0 ? [] : [{ id, displayName, isLead: own.some((one) => one.isLead) }]
    })
  }

  /** Who is told what goes to "the lead" (`process.md` §5). `teamId` null: of all teams of the kind. */
  async function leadsOf(kind: Team, teamId: string | null = null): Promise<Leads> {
    const present = await deps.signedIn()
    const role = (id: string) => deps.staffById(id)?.role
    const leads = membersOf(kind, teamId)
      .filter(({ id, isLead: leading }) => leading && role(id) !== 'supervisor')
      .map(({ id }) => id)
    const supervisors = deps
      .everybody()
      .flatMap((one) => (one.role === 'supervisor' ? [one.id] : []))
    const here = leads.filter((id) => present.has(id))
    if (here.length > 0) return { leads, onShift: here }
    const supervisorsHere = supervisors.filter((id) => present.has(id))
    return { leads, onShift: supervisorsHere.length > 0 ? supervisorsHere : supervisors }
  }

  function requireTeam(id: string): StoredTeam {
    const found = teams.find((one) => one.id === id)
    if (found === undefined) throw new NotFound('team', id)
    return found
  }

  async function toView(team: StoredTeam): Promise<TeamView> {
    return viewOf(team, await deps.signedIn())
  }

  function viewOf(team: StoredTeam, present: ReadonlySet<string>): TeamView {
    const { id, kind, name, active, version } = team
    const members = active ? membersOf(kind, id) : []
    return {
      id,
      kind,
      name,
      areas: [...team.areas],
      active,
      version,
      isDefault: isDefaultTeam(id),
      members: members.map((one) => ({ ...one, signedIn: present.has(one.id) })),
    }
  }

  /** All teams, by name. */
  async function list(): Promise<{ items: TeamView[] }> {
    const present = await deps.signedIn()
    return { items: teams.map((team) => viewOf(team, present)) }
  }

  /** Throws InvalidInput (422) for members who are not of the team's trade. */
  async function create(order: TeamCreate, user: SessionUser): Promise<TeamView> {
    const team = { ...order, id: deps.newId(), active: true, version: 1 }
    refuseStrangers(team)
    await database.transaction(async (trx) => {
      await insertTeam(trx.db, team)
      await announce(trx, user, team)
    })
    return toView(team)
  }

  /** Throws NotFound, Conflict (stale, or work left), InvalidInput (422) for a member who does not fit. */
  async function patch(id: string, order: TeamPatch, user: SessionUser): Promise<TeamView> {
    const before = requireTeam(id)
    if (before.version !== order.version) throw staleTeam()
    const after = changedTeam(before, order)
    refuseStrangers(after)
    await database.transaction(async (trx) => {
      if (before.active && !after.active) await refuseClosing(trx, after)
      if (!(await updateTeam(trx.db, after))) throw staleTeam()
      await announce(trx, user, after)
    })
    return toView(after)
  }

  function refuseStrangers({ kind, members }: StoredTeam): void {
    const ids = members.map(({ staffId }) => staffId)
    members.forEach(({ staffId }, index) => {
      const path = `members.${index}.staffId`
      const person = deps.staffById(staffId)
      if (person === null) {
        throw unprocessable(path, `nobody who works here has the id "${staffId}"`, 'no_such_person')
      }
      if (!fitsTeam(person.role, kind)) {
        const message = `${person.displayName} is ${person.role}: not of the trade of a ${kind} team`
        throw unprocessable(path, message, 'wrong_role')
      }
      if (ids.indexOf(staffId) !== index) {
        throw unprocessable(path, `${person.displayName} stands here twice`, 'twice')
      }
    })
  }

  async function announce(trx: Trx, user: SessionUser, after: StoredTeam): Promise<void> {
    const { id: teamId, name } = after
    const leads = after.members.filter(({ isLead: leading }) => leading)
    const detail = {
      name,
      active: String(after.active),
      areas: after.areas.join(', '),
      members: after.members.map(({ staffId }) => staffId).join(', '),
      leads: leads.map(({ staffId }) => staffId).join(', '),
    }
    await state(trx, { type: 'team_changed', actorId: user.id, teamId, detail })
    trx.afterCommit(() => {
      const others = teams.filter((one) => one.id !== teamId)
      teams = [...others, after].toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
    })
  }

  return {
    load,
    list,
    create,
    patch,
    requireTeam,
    memberTeams,
    membersOf,
    isLead,
    leadsOf,
    /** The team with this id; null when there is none. */
    teamById: (id: string) => teams.find((one) => one.id === id) ?? null,
    /** Which of several field teams serves the area; null: any. */
    teamForArea: (area: string | null) => fieldTeamFor(area, teams),
  }
}

/** The stages that are this kind of team's work. */
export function statusesOf(kind: Team) {
  return ticketStatus.options.filter((one) => {
    return TICKET_STATES[one].open && TICKET_STATES[one].owner === kind
  })
}

async function refuseClosing(trx: Trx, { id, kind }: StoredTeam): Promise<void> {
  if (isDefaultTeam(id)) {
    throw new Conflict('a default team stays: people without a team are in it', 'default_team')
  }
  if (await hasWork(trx.db, { teamId: id, statuses: statusesOf(kind) })) {
    throw new Conflict('the team has open tickets: give them to another one first', 'has_work')
  }
}

function staleTeam(): Conflict {
  return new Conflict('somebody changed this team in the meantime: load it again', 'stale')
}
