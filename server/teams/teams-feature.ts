import { createTeamService, type TeamDeps } from './team-service.ts'
import { teamRoutes } from './team-routes.ts'
import { createWorkService, type WorkDeps } from './work-service.ts'

export type TeamsDeps = TeamDeps & Omit<WorkDeps, 'teams'>

export type Teams = ReturnType<typeof createTeams>

/** CSKH, NOC and field teams: who is in them, who leads, and what lies before them. */
export function createTeams(deps: TeamsDeps) {
  const teams = createTeamService(deps)
  const work = createWorkService({ ...deps, teams })
  const { memberTeams, membersOf, isLead, leadsOf, teamById, teamForArea } = teams
  return {
    service: { ...teams, ...work },
    routes: teamRoutes({ ...teams, ...work }),
    start: teams.load,
    memberTeams,
    membersOf,
    isLead,
    leadsOf,
    teamById,
    teamForArea,
  }
}
