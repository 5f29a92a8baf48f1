import { z } from 'zod'
import { missedCaller, missedRulesView } from '#contract/casework/missed.ts'
import { type Route, route } from '../../http/route.ts'
import type { MissedListService } from './missed-list-service.ts'

/** The worklist of missed callers; taking and dropping one are those of any promise. */
export function missedRoutes(missed: MissedListService): Route[] {
  return [
    route({
      method: 'get',
      path: '/missed',
      summary: 'Callers whom nobody answered and nobody has called back yet, soonest due first',
      access: ['agent', 'supervisor', 'admin'],
      response: z.object({ items: z.array(missedCaller) }),
      handler: () => missed.list(),
    }),
    route({
      method: 'get',
      path: '/settings/missed',
      summary: 'Which missed callers are called back, by queue',
      access: ['admin'],
      response: missedRulesView,
      handler: () => missed.rules(),
    }),
    route({
      method: 'put',
      path: '/settings/missed',
      summary: 'Sets it, for calls that are missed from now on',
      access: ['admin'],
      body: missedRulesView,
      response: missedRulesView,
      handler: ({ user, body }) => missed.changeRules(user, body),
    }),
  ]
}
