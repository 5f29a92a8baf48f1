import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import {
  textModule,
  textModuleCreate,
  textModuleList,
  textModulePatch,
  textModuleQuery,
} from '#contract/casework/text-modules.ts'
import { type Route, route } from '../http/route.ts'
import type { TextModuleService } from './text-module-service.ts'

const WRITERS: readonly Role[] = ['supervisor', 'admin']

export function textModuleRoutes(modules: TextModuleService): Route[] {
  return [
    route({
      method: 'get',
      path: '/text-modules',
      summary: 'Texts that are put into long fields by `::name`, by name',
      access: 'signed_in',
      query: textModuleQuery,
      response: textModuleList,
      handler: ({ query }) => modules.list(query),
    }),
    route({
      method: 'post',
      path: '/text-modules',
      summary: 'A new text',
      access: WRITERS,
      body: textModuleCreate,
      response: textModule,
      status: 201,
      handler: ({ body, user }) => modules.create(body, user),
    }),
    route({
      method: 'patch',
      path: '/text-modules/:id',
      summary: 'Change a text, or retire it (`active: false`)',
      access: WRITERS,
      params: z.object({ id }),
      body: textModulePatch,
      response: textModule,
      handler: ({ params, body, user }) => modules.patch(params.id, body, user),
    }),
  ]
}
