import { z } from 'zod'
import { notificationPage, notificationQuery } from '#contract/casework/notifications.ts'
import { id } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import type { NotificationService } from './notification-service.ts'

/** A person's own notifications. */
export function notificationRoutes(notifications: NotificationService): Route[] {
  return [
    route({
      method: 'get',
      path: '/notifications',
      summary: 'What you were told, newest first; unread=1 leaves out what you have read',
      access: 'signed_in',
      query: notificationQuery,
      response: notificationPage,
      handler: ({ user, query }) => notifications.list(user, query),
    }),
    route({
      method: 'post',
      path: '/notifications/read-all',
      summary: 'You have read everything',
      access: 'signed_in',
      status: 204,
      handler: ({ user }) => notifications.readAll(user),
    }),
    route({
      method: 'post',
      path: '/notifications/:id/read',
      summary: 'You have read this one',
      access: 'signed_in',
      params: z.object({ id }),
      status: 204,
      handler: ({ user, params }) => notifications.read(user, params.id),
    }),
  ]
}
