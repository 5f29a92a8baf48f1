import type { SessionUser } from '#contract/staff.ts'
import type { TeamWork, TeamWorkload } from '#contract/casework/teams.ts'
import type { TicketRow } from '#contract/tickets.ts'
import type { Db, Row } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import { Forbidden } from '../errors.ts'
import type { StoredTeam } from './team.ts'
import { statusesOf, type TeamService } from './team-service.ts'
import { countWork, listStage, type WorkCount } from './work-store.ts'

export interface WorkDeps {
  database: Database
  teams: Pick<TeamService, 'requireTeam' | 'memberTeams' | 'membersOf'>
  signedIn: () => Promise<ReadonlySet<string>>
  /** The tickets as lists show them to this person. */
  ticketRows: (db: Db, rows: readonly Row<'ticket'>[], user: SessionUser) => Promise<TicketRow[]>
}

export type WorkService = ReturnType<typeof createWorkService>

/** What lies before a team, and before whom. */
export function createWorkService({ database, teams, signedIn, ticketRows }: WorkDeps) {
  /** NOC and field see the work of their own trade alone (`process.md` §3). Throws NotFound, Forbidden. */
  function teamFor(id: string, user: SessionUser): StoredTeam {
    const team = teams.requireTeam(id)
    const mayAll = !['noc', 'field'].includes(user.role)
    if (mayAll || teams.memberTeams(user.id).some(({ kind }) => kind === team.kind)) return team
    throw new Forbidden('this is the work of another team', 'not_your_team')
  }

  async function work(id: string, limit: number, user: SessionUser): Promise<TeamWork> {
    const team = teamFor(id, user)
    const { db } = database
    const counts = await countWork(db, { teamId: id, statuses: statusesOf(team.kind) })
    const stages: TeamWork['stages'] = []
    for (const status of statusesOf(team.kind)) {
      const ofStage = counts.filter((one) => one.status === status)
      const count = sum(ofStage)
      const unassigned = sum(ofStage.filter(({ assigneeId }) => assigneeId === null))
      // oxlint-disable-next-line no-await-in-loop -- one read per stage, each by the index of the status
      const rows = count === 0 ? [] : await listStage(db, status, { teamId: id, limit })
      // oxlint-disable-next-line no-await-in-loop
      stages.push({ status, count, unassigned, items: await ticketRows(db, rows, user) })
    }
    return { stages }
  }

  /** First what nobody has, then each member by name. */
  async function workload(id: string, user: SessionUser): Promise<TeamWorkload> {
    const team = teamFor(id, user)
    const counts = await countWork(database.db, { teamId: id, statuses: statusesOf(team.kind) })
    const present = await signedIn()
    const people = teams
      .membersOf(team.kind, id)
      .map((one) => ({ ...one, signedIn: present.has(one.id) }))
    const nobody = loadOf(null, counts)
    return { items: [nobody, ...people.map((person) => loadOf(person, counts))] }
  }

  return { work, workload }
}

type Load = TeamWorkload['items'][number]

function loadOf(person: Load['person'], counts: readonly WorkCount[]): Load {
  const own = counts.filter(({ assigneeId }) => assigneeId === (person?.id ?? null))
  const stages = own.map(({ status, count }) => ({ status, count }))
  return { person, total: sum(own), stages }
}

function sum(counts: readonly WorkCount[]): number {
  return counts.reduce((total, { count }) => total + count, 0)
}
