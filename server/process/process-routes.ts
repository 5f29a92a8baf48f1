import { z } from 'zod'
import { actionOrder, evidenceGiven, replyChannel } from '#contract/casework/process.ts'
import { id, revision } from '#contract/primitives.ts'
import { ticket } from '#contract/tickets.ts'
import { type Route, route } from '../http/route.ts'
import type { ProcessService } from './process-service.ts'
import type { ReplyService } from './reply-service.ts'

const params = z.object({ id })
/** Who writes to customers; the rows of the table say who may take a step. */
const RECEPTION = ['agent', 'supervisor'] as const

/** A step carries a note or a whole checklist; more than this is too large (413). */
const STEP_KB = 96

export function processRoutes(
  process: Pick<ProcessService, 'act'>,
  replies: ReplyService,
): Route[] {
  return [
    route({
      method: 'post',
      path: '/tickets/:id/actions',
      summary: 'One step of the complaint process; refusals say what is possible instead',
      access: 'signed_in',
      params,
      body: actionOrder,
      bodyLimitKb: STEP_KB,
      response: ticket,
      handler: ({ params: { id: ticketId }, body, user }) => process.act(ticketId, body, user),
    }),
    route({
      method: 'post',
      path: '/tickets/:id/merge',
      summary: 'Make the ticket part of another one',
      access: 'signed_in',
      params,
      body: z.object({ version: revision, into: id }),
      response: ticket,
      handler: ({ params: { id: ticketId }, body, user }) =>
        process.act(ticketId, { ...body, action: 'merge' }, user),
    }),
    route({
      method: 'post',
      path: '/tickets/:id/unmerge',
      summary: 'Take a merge back: everything comes back as it was',
      access: 'signed_in',
      params,
      body: z.object({ version: revision }),
      response: ticket,
      handler: ({ params: { id: ticketId }, body, user }) =>
        process.act(ticketId, { ...body, action: 'unmerge' }, user),
    }),
    route({
      method: 'post',
      path: '/tickets/:id/evidence',
      summary: 'Note an answer to the customer, or a try, that no machine saw',
      access: RECEPTION,
      params,
      body: evidenceGiven,
      bodyLimitKb: STEP_KB,
      response: ticket,
      status: 201,
      handler: ({ params: { id: ticketId }, body, user }) =>
        replies.addEvidence(ticketId, body, user),
    }),
    route({
      method: 'post',
      path: '/tickets/:id/reply-channel',
      summary: 'The customer agreed to be answered on another channel',
      access: RECEPTION,
      params,
      body: replyChannel,
      response: ticket,
      handler: ({ params: { id: ticketId }, body, user }) =>
        replies.agreeChannel(ticketId, body, user),
    }),
  ]
}
