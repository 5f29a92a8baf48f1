import { targetOrder, targets } from '#contract/supervision/targets.ts'
import { type Route, route } from '../../http/route.ts'
import type { TargetService } from './target-service.ts'

const SUPERVISORS = ['supervisor', 'admin'] as const

/** Targets of the board's figures over HTTP. */
export function targetRoutes(service: TargetService): Route[] {
  return [
    route({
      method: 'get',
      path: '/targets',
      summary: 'What each figure of the board should reach, from which day on',
      access: SUPERVISORS,
      response: targets,
      handler: () => service.view(),
    }),
    route({
      method: 'put',
      path: '/targets',
      summary: 'Sets the target of a figure from a day on; audited',
      access: SUPERVISORS,
      body: targetOrder,
      response: targets,
      handler: ({ user, body }) => service.set(user, body),
    }),
  ]
}
