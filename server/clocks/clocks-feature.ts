import type { Database } from '../db/transaction.ts'
import type { DayHours } from '../callbacks/policy/calling-hours.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { createAlarmService } from './alarm-service.ts'
import { clockRoutes } from './clock-routes.ts'
import { STAGE_CLOCKS } from './clock-rules.ts'
import { createClockService, LOOK_EVERY_MS } from './clock-service.ts'
import { createClockSettingsService } from './clock-settings-service.ts'
import { countRunOut } from './run-out-store.ts'
import { countLateStages, listLateStages } from './late-stage-store.ts'

export interface ClocksDeps {
  database: Database
  clock: Clock
  newId: NewId
  state: StateFact
  schedule: Pick<Schedule, 'loop' | 'rewrite' | 'work'>
  /** The end of the last of so many working days, by the calendar in force. */
  dueAt: (from: Instant, workingDays: number) => Instant
  isProvisional: (from: Instant, due: Instant) => boolean
  /** In which customers are called: the clock of the answer counts these alone. */
  callingHours: () => DayHours
}

/** Promises are counted by their own ledger. */
const OVERDUE_CLOCKS = [...STAGE_CLOCKS, 'overall' as const].filter((one) => one !== 'promise')

export type Clocks = ReturnType<typeof createClocks>

/** The clocks of tickets, kept for ever, and their alarms (`process.md` §5). */
export function createClocks(deps: ClocksDeps) {
  const time = {
    workingDaysEnd: deps.dueAt,
    get callingHours() {
      return deps.callingHours()
    },
  }
  const settings = createClockSettingsService(deps)
  const alarms = createAlarmService({ ...deps, time, work: deps.schedule.work })
  const loop = deps.schedule.loop({
    name: 'alarms of clocks',
    longestSleepMs: LOOK_EVERY_MS,
    work: alarms.sweep,
    nextDueAt: alarms.nextDueAt,
  })
  const { adopt, ...service } = createClockService({
    ...deps,
    time,
    settings: settings.read,
    wake: loop.wake,
  })
  deps.schedule.rewrite({ name: 'clocks of older tickets', rules: 'whole case', step: adopt })
  /** Open tickets whose stage, or whose whole case, should be over. */
  const countOverdue = () =>
    deps.database.longRead((db) => countRunOut(db, OVERDUE_CLOCKS, deps.clock.now()))
  /** Stages of tickets that should have been over: how many by clock, and the first of them. */
  const lateStages = (now: Instant, limit: number) =>
    Promise.all([
      countLateStages(deps.database.db, now),
      listLateStages(deps.database.db, now, limit),
    ]).then(([byClock, items]) => ({ byClock, items }))
  const routes = clockRoutes(settings)
  return { ...service, countOverdue, lateStages, settings, loop, routes, start: settings.load }
}
