import { z } from 'zod'
import { hangupOrder } from '#contract/supervision/steering.ts'
import { consultEnd, directory, transferOrder } from '#contract/calls.ts'
import { id } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import { mayWatchQueues } from '../staff/staff.ts'
import type { CallControl } from './call-control-service.ts'
import type { CallSteering } from './steering/call-steering-service.ts'
import type { DirectoryService } from './directory-service.ts'

const OFFICE = ['agent', 'noc', 'supervisor', 'admin'] as const

/** What people do to the call that they talk on, and to whom they can hand it. */
export function controlRoutes(
  calls: CallControl & { endOther: CallSteering['end'] },
  people: DirectoryService,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/directory',
      summary: 'Colleagues with a phone and the queues: who is free to take a call',
      access: OFFICE,
      response: directory,
      handler: () => people.list(),
    }),
    route({
      method: 'post',
      path: '/calls/:id/hangup',
      summary:
        'Hang up the call that one talks on (audited), or that one ordered; supervisors any call, with a reason',
      access: 'signed_in',
      params: z.object({ id }),
      body: hangupOrder,
      status: 202,
      response: z.object({}),
      handler: async ({ params, body, user }) => {
        const isOther = mayWatchQueues(user.role) && !(await calls.isOwn(params.id, user))
        if (isOther) await calls.endOther(params.id, body.reason, user)
        else await calls.hangUp(params.id, user)
        return {}
      },
    }),
    route({
      method: 'post',
      path: '/calls/:id/transfer',
      summary: 'Hand the caller that one talks to on to a colleague or a queue; audited',
      access: OFFICE,
      params: z.object({ id }),
      body: transferOrder,
      status: 202,
      response: z.object({}),
      handler: async ({ params, body, user }) => {
        await calls.transfer(params.id, body, user)
        return {}
      },
    }),
    route({
      method: 'post',
      path: '/calls/:id/consult',
      summary: 'Give the caller to the colleague who was asked, or take the caller back; audited',
      access: OFFICE,
      params: z.object({ id }),
      body: consultEnd,
      status: 202,
      response: z.object({}),
      handler: async ({ params, body, user }) => {
        await calls.endConsult(params.id, body, user)
        return {}
      },
    }),
  ]
}
