import type { Logger } from '../logger.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { type CalendarDeps, createCalendarService } from './calendar-service.ts'
import { warningText } from './year-coverage.ts'

export type CalendarFeatureDeps = CalendarDeps & {
  logger: Logger
  schedule: Pick<Schedule, 'recur'>
}

export type Calendar = ReturnType<typeof createCalendar>

/** The working-day calendar: deadlines, the days that administrators set, and which they have to. */
export function createCalendar(deps: CalendarFeatureDeps) {
  const service = createCalendarService(deps)
  const { dueAt, isProvisional } = service

  /** What administrators have to enter, one line per year. */
  const warnings = (): string[] => service.warnings().map(warningText)

  deps.schedule.recur({
    name: 'holidays of the next year',
    cron: '0 8 * * *',
    runAtStart: true,
    async work() {
      for (const text of warnings()) deps.logger.warn(text)
    },
  })
  const routes = calendarRoutes(service)
  return {
    service,
    dueAt,
    isWorkingDay: service.isWorkingAt,
    isProvisional,
    warnings,
    routes,
    start: service.load,
  }
}
