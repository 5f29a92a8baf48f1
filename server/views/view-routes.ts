import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import { savedView, viewCreate, viewPatch, viewQuery } from '#contract/casework/views.ts'
import { type Route, route } from '../http/route.ts'
import type { ViewService } from './view-service.ts'

const params = z.object({ id })

export function viewRoutes(views: ViewService): Route[] {
  return [
    route({
      method: 'get',
      path: '/views',
      summary: 'Your saved views of a list and those shared with you, by name, with open tickets',
      access: 'signed_in',
      query: viewQuery,
      response: z.object({ items: z.array(savedView) }),
      handler: ({ query, user }) => views.list(query.list, user),
    }),
    route({
      method: 'post',
      path: '/views',
      summary: 'Keep filters, order and columns of a list under a name; team shares it',
      access: 'signed_in',
      body: viewCreate,
      response: savedView,
      status: 201,
      handler: ({ body, user }) => views.create(body, user),
    }),
    route({
      method: 'patch',
      path: '/views/:id',
      summary: 'Rename, change or share a view',
      access: 'signed_in',
      params,
      body: viewPatch,
      response: savedView,
      handler: ({ params: { id: viewId }, body, user }) => views.patch(viewId, body, user),
    }),
    route({
      method: 'delete',
      path: '/views/:id',
      summary: 'Delete a view',
      access: 'signed_in',
      params,
      status: 204,
      handler: ({ params: { id: viewId }, user }) => views.remove(viewId, user),
    }),
  ]
}
