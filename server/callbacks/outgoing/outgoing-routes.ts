import { z } from 'zod'
import { outgoingCall, outgoingCallOrder } from '#contract/outgoing-calls.ts'
import { id } from '#contract/primitives.ts'
import { type Route, route } from '../../http/route.ts'
import type { OutgoingService } from './outgoing-service.ts'

export function outgoingRoutes(calls: OutgoingService): Route[] {
  return [
    route({
      method: 'post',
      path: '/calls',
      summary: 'Call a customer: rings the own phone first; field staff give a ticket, no number',
      access: 'signed_in',
      body: outgoingCallOrder,
      response: outgoingCall,
      status: 201,
      handler: ({ body, user }) => calls.place(body, user),
    }),
    route({
      method: 'post',
      path: '/calls/:id/hangup',
      summary: 'Hang up a call that one ordered oneself',
      access: 'signed_in',
      params: z.object({ id }),
      status: 202,
      response: z.object({}),
      handler: async ({ params, user }) => {
        await calls.hangUp(params.id, user)
        return {}
      },
    }),
  ]
}
