import { z } from 'zod'
import { id, pageQuery } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import {
  handover,
  handoverOrder,
  handoverPage,
  handoverPatch,
  handoverSections,
} from '#contract/supervision/handover.ts'
import { type Route, route } from '../http/route.ts'
import type { HandOverService } from './hand-over-service.ts'

const params = z.object({ id })
const LEADS: readonly Role[] = ['supervisor', 'admin']

export function handOverRoutes(handOvers: HandOverService): Route[] {
  return [
    route({
      method: 'get',
      path: '/shift/left',
      summary: 'What this shift would leave to the next now',
      access: LEADS,
      response: handoverSections,
      handler: ({ user }) => handOvers.sections(user),
    }),
    route({
      method: 'get',
      path: '/shift/handovers',
      summary: 'The last hand-overs, newest first',
      access: LEADS,
      query: pageQuery,
      response: handoverPage,
      handler: ({ query }) => handOvers.list(query),
    }),
    route({
      method: 'post',
      path: '/shift/handovers',
      summary: 'Hand over: what is left now is kept with your note',
      access: LEADS,
      body: handoverOrder,
      response: handover,
      status: 201,
      handler: ({ user, body }) => handOvers.handOver(user, body),
    }),
    route({
      method: 'get',
      path: '/shift/handovers/:id',
      summary:
        'One hand-over with all versions of its note; the page /handover/:id prints it on A4',
      access: LEADS,
      params,
      response: handover,
      handler: ({ params: { id: handOverId } }) => handOvers.get(handOverId),
    }),
    route({
      method: 'patch',
      path: '/shift/handovers/:id',
      summary: 'Write its note anew over the version that you read',
      access: LEADS,
      params,
      body: handoverPatch,
      response: handover,
      handler: ({ user, params: { id: handOverId }, body }) =>
        handOvers.rewrite(user, handOverId, body),
    }),
  ]
}
