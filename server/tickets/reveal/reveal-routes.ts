import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import { revealedNumbers, ticketReveal } from '#contract/casework/teams.ts'
import { type Route, route } from '../../http/route.ts'
import type { RevealService } from './reveal-service.ts'

export function revealRoutes(tickets: RevealService): Route[] {
  return [
    route({
      method: 'post',
      path: '/tickets/:id/reveal',
      summary: 'The numbers of a ticket, shown to NOC and audited; never to field',
      access: ['noc'],
      showsNumbers: true,
      params: z.object({ id }),
      body: ticketReveal,
      response: revealedNumbers,
      handler: ({ params: { id: ticketId }, body, user }) =>
        tickets.reveal(ticketId, body.reason, user),
    }),
  ]
}
