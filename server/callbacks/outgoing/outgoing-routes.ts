import { outgoingCall, outgoingCallOrder } from '#contract/outgoing-calls.ts'
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
  ]
}
