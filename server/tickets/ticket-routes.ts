import { z } from 'zod'
import { foundPageOf, id } from '#contract/primitives.ts'
import { ticketExport } from '#contract/ticket-export.ts'
import {
  ticket,
  ticketCounts,
  ticketCreate,
  ticketNote,
  ticketPatch,
  ticketQuery,
  ticketRow,
} from '#contract/tickets.ts'
import { type Route, route } from '../http/route.ts'
import { TICKET_EDITORS } from './ticket.ts'
import type { IntakeService } from './intake/intake-service.ts'
import type { TicketListService } from './lists/ticket-list-service.ts'
import type { TicketService } from './ticket-service.ts'
import type { TicketViewService } from './ticket-view-service.ts'

const params = z.object({ id })

/** 5,000 letters fit in it, however they are written; 100 kB are no note. */
const NOTE_KB = 64

export function ticketRoutes(
  tickets: TicketService &
    Pick<IntakeService, 'create'> &
    TicketListService &
    Pick<TicketViewService, 'get' | 'exportOf'>,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/tickets',
      summary:
        'Tickets by filters, newest first unless sorted; with words the best found first. status may be "open" or several, assignee "me" or "none"',
      access: 'signed_in',
      query: ticketQuery,
      response: foundPageOf(ticketRow),
      handler: ({ query, user }) => tickets.list(query, user),
    }),
    route({
      method: 'get',
      path: '/tickets/counts',
      summary: 'How many open tickets each status and team has, how many are yours and overdue',
      access: 'signed_in',
      response: ticketCounts,
      handler: ({ user }) => tickets.counts(user),
    }),
    route({
      method: 'post',
      path: '/tickets',
      summary: 'Open a ticket by hand, received now or, with a reason, earlier',
      access: TICKET_EDITORS,
      body: ticketCreate,
      response: ticket,
      status: 201,
      handler: ({ body, user }) => tickets.create(body, user),
    }),
    route({
      method: 'get',
      path: '/tickets/:id',
      summary: 'One ticket with customer, calls, callbacks, timeline and the actions possible now',
      access: 'signed_in',
      params,
      response: ticket,
      handler: ({ params: { id: ticketId }, user }) => tickets.get(ticketId, user),
    }),
    route({
      method: 'get',
      path: '/tickets/:id/export',
      summary: 'The ticket with its typed timeline as a file, without what you may do with it',
      access: 'signed_in',
      params,
      response: ticketExport,
      async handler({ params: { id: ticketId }, user, setHeader }) {
        const exported = await tickets.exportOf(ticketId, user)
        const fileName = `${exported.ticket.code}.json`
        setHeader('Content-Disposition', `attachment; filename="${fileName}"`)
        return exported
      },
    }),
    route({
      method: 'patch',
      path: '/tickets/:id',
      summary: 'Edit fields or choose the customer, who is remembered for the number',
      access: TICKET_EDITORS,
      params,
      body: ticketPatch,
      response: ticket,
      handler: ({ params: { id: ticketId }, body, user }) => tickets.patch(ticketId, body, user),
    }),
    route({
      method: 'post',
      path: '/tickets/:id/notes',
      summary: 'Add a note to the timeline',
      access: 'signed_in',
      params,
      body: ticketNote,
      bodyLimitKb: NOTE_KB,
      response: ticket,
      status: 201,
      handler: ({ params: { id: ticketId }, body, user }) =>
        tickets.addNote(ticketId, body.note, user),
    }),
    route({
      method: 'delete',
      path: '/tickets/:id/notes/:lineId',
      summary: 'Take a note of your own back within seconds: its words go, a line says that it was',
      access: 'signed_in',
      params: params.extend({ lineId: id }),
      response: ticket,
      handler: ({ params: { id: ticketId, lineId }, user }) =>
        tickets.takeNoteBack(ticketId, lineId, user),
    }),
  ]
}
