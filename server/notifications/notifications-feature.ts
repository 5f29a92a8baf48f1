import type { Schedule } from '../schedule/schedule-feature.ts'
import { notificationRoutes } from './notification-routes.ts'
import { createNotificationService, type NotificationDeps } from './notification-service.ts'

export type NotificationsDeps = NotificationDeps & { schedule: Pick<Schedule, 'recur'> }

export type Notifications = ReturnType<typeof createNotifications>

/** What people are told, until they have read it. */
export function createNotifications(deps: NotificationsDeps) {
  const service = createNotificationService(deps)
  deps.schedule.recur({
    name: 'old notifications that were read',
    cron: '40 3 * * *',
    work: service.forgetOld,
  })
  const { tell, settle, toldUnder, countTold } = service
  const routes = notificationRoutes(service)
  return { service, tell, settle, toldUnder, countTold, routes }
}
