import { z } from 'zod'
import { callDetail, callQuery, listedCall } from '#contract/calls.ts'
import { id, pageOf } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import type { CallViewService } from './call-view-service.ts'

export function callRoutes(calls: Pick<CallViewService, 'list' | 'detail'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/calls',
      summary: 'Calls, newest first',
      access: 'signed_in',
      query: callQuery,
      response: pageOf(listedCall),
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
