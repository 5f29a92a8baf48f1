import { z } from 'zod'
import { id, pageQuery } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import {
  messageOrder,
  messagePage,
  messagePeople,
  messageReceipts,
  messageView,
} from '#contract/supervision/messages.ts'
import { type Route, route } from '../http/route.ts'
import type { MessageService } from './message-service.ts'

const LEADS: readonly Role[] = ['supervisor', 'admin']

export function messageRoutes(messages: MessageService): Route[] {
  return [
    route({
      method: 'post',
      path: '/shift/messages',
      summary: 'Write to one agent or supervisor, or (staffId null) to everybody of the shift',
      access: LEADS,
      body: messageOrder,
      response: messageView,
      status: 201,
      handler: ({ user, body }) => messages.send(user, body),
    }),
    route({
      method: 'get',
      path: '/shift/people',
      summary: 'To whom you can write, those who are signed in first',
      access: LEADS,
      response: messagePeople,
      handler: ({ user }) => messages.people(user),
    }),
    route({
      method: 'get',
      path: '/shift/messages',
      summary: 'What you wrote, newest first, and how many have read it',
      access: LEADS,
      query: pageQuery,
      response: messagePage,
      handler: ({ user, query }) => messages.list(user, query),
    }),
    route({
      method: 'get',
      path: '/shift/messages/:id/receipts',
      summary: 'Who was told, and who has read it',
      access: LEADS,
      params: z.object({ id }),
      response: messageReceipts,
      handler: ({ user, params }) => messages.receipts(user, params.id),
    }),
  ]
}
