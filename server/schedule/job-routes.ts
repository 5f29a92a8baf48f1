import { type JobsView, jobsQuery, jobsView } from '#contract/jobs.ts'
import type { PageQuery } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'

export function jobRoutes(jobs: { view: (query: PageQuery) => Promise<JobsView> }): Route[] {
  return [
    route({
      method: 'get',
      path: '/jobs',
      summary: 'What runs by itself: loops, recurring jobs, and what was set aside',
      access: ['admin'],
      query: jobsQuery,
      response: jobsView,
      handler: ({ query }) => jobs.view(query),
    }),
  ]
}
