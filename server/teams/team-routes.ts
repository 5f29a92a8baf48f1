import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import {
  teamCreate,
  teamPatch,
  teamView,
  teamWork,
  teamWorkload,
  teamWorkQuery,
} from '#contract/casework/teams.ts'
import { type Route, route } from '../http/route.ts'
import type { TeamService } from './team-service.ts'
import type { WorkService } from './work-service.ts'

const params = z.object({ id })

export function teamRoutes(
  teams: Pick<TeamService, 'list' | 'create' | 'patch'> & WorkService,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/teams',
      summary: 'All teams with their members, leads marked, by name',
      access: 'signed_in',
      response: z.object({ items: z.array(teamView) }),
      handler: () => teams.list(),
    }),
    route({
      method: 'post',
      path: '/teams',
      summary: 'A new team',
      access: ['admin'],
      body: teamCreate,
      response: teamView,
      status: 201,
      handler: ({ body, user }) => teams.create(body, user),
    }),
    route({
      method: 'patch',
      path: '/teams/:id',
      summary: 'Change a team; lists that are given replace the stored ones',
      access: ['admin'],
      params,
      body: teamPatch,
      response: teamView,
      handler: ({ params: { id: teamId }, body, user }) => teams.patch(teamId, body, user),
    }),
    route({
      method: 'get',
      path: '/teams/:id/work',
      summary: 'The open tickets of a team by stage: unassigned first, then the longest there',
      access: 'signed_in',
      params,
      query: teamWorkQuery,
      response: teamWork,
      handler: ({ params: { id: teamId }, query, user }) => teams.work(teamId, query.limit, user),
    }),
    route({
      method: 'get',
      path: '/teams/:id/workload',
      summary: 'How many open tickets each person of a team has, by stage',
      access: 'signed_in',
      params,
      response: teamWorkload,
      handler: ({ params: { id: teamId }, user }) => teams.workload(teamId, user),
    }),
  ]
}
