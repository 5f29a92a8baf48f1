import { z } from 'zod'
import { presenceWord, ticketPresence } from '#contract/casework/presence.ts'
import { id } from '#contract/primitives.ts'
import { type Route, route } from '../../http/route.ts'
import type { PresenceService } from './presence-service.ts'

export function presenceRoutes(presence: PresenceService): Route[] {
  return [
    route({
      method: 'post',
      path: '/tickets/:id/presence',
      summary: 'Say that a page has this ticket in front, every 10 s; answers who else has',
      access: 'signed_in',
      params: z.object({ id }),
      body: presenceWord,
      response: ticketPresence,
      handler: ({ params, body, user }) => presence.say(params.id, body, user),
    }),
  ]
}
