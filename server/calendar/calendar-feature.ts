import { calendarRoutes } from './calendar-routes.ts'
import { type CalendarDeps, createCalendarService } from './calendar-service.ts'

/** The working-day calendar: deadlines, and the days that administrators set. */
export function createCalendar(deps: CalendarDeps) {
  const service = createCalendarService(deps)
  return { service, dueAt: service.dueAt, routes: calendarRoutes(service), start: service.load }
}
