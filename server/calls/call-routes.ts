import { z } from 'zod'
import { callDetail, callPage, callQuery } from '#contract/calls.ts'
import { id } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import type { CallListService } from './call-list-service.ts'
import type { CallViewService } from './call-view-service.ts'

export function callRoutes(calls: CallListService & Pick<CallViewService, 'detail'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/calls',
      summary: 'Calls, newest first: of days, of an agent, by words, code or number',
      access: 'signed_in',
      query: callQuery,
      response: callPage,
      handler: ({ query, user }) => calls.list(query, user),
    }),
    route({
      method: 'get',
      path: '/calls/:id',
      summary: 'One call with its agents and why a ticket did or did not open',
      access: 'signed_in',
      params: z.object({ id }),
      response: callDetail,
      handler: ({ params }) => calls.detail(params.id),
    }),
  ]
}
