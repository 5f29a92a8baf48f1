import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import {
  ticketAssign,
  ticketHandBack,
  ticketsAssign,
  ticketsAssigned,
} from '#contract/casework/teams.ts'
import { ticket } from '#contract/tickets.ts'
import { type Route, route } from '../../http/route.ts'
import type { AssignmentService } from './assignment-service.ts'

const params = z.object({ id })
const WORKERS = ['agent', 'noc', 'field', 'supervisor'] as const

export function assignmentRoutes(tickets: AssignmentService): Route[] {
  return [
    route({
      method: 'post',
      path: '/tickets/:id/take',
      summary: 'Take a ticket of one’s own team that nobody has',
      access: WORKERS,
      params,
      response: ticket,
      handler: ({ params: { id: ticketId }, user }) => tickets.take(ticketId, user),
    }),
    route({
      method: 'post',
      path: '/tickets/:id/assign',
      summary: 'Give a ticket to a person of the owning team, or to another team of its kind',
      access: WORKERS,
      params,
      body: ticketAssign,
      response: ticket,
      handler: ({ params: { id: ticketId }, body, user }) => tickets.assign(ticketId, body, user),
    }),
    route({
      method: 'post',
      path: '/tickets/assign',
      summary: 'Give many tickets to a person or team at once: all of them, or none and why',
      access: WORKERS,
      body: ticketsAssign,
      response: ticketsAssigned,
      handler: ({ body, user }) => tickets.assignAll(body, user),
    }),
    route({
      method: 'post',
      path: '/tickets/:id/hand-back',
      summary: 'Give a ticket back to its team, with the reason',
      access: WORKERS,
      params,
      body: ticketHandBack,
      response: ticket,
      handler: ({ params: { id: ticketId }, body, user }) => tickets.handBack(ticketId, body, user),
    }),
  ]
}
