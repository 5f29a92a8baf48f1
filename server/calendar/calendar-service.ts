import { z } from 'zod'
import {
  type CalendarChange,
  calendarDay,
  calendarProfile,
  type CalendarDay,
  type CalendarView,
  type Deadline,
  type DeadlineQuery,
  type CalendarWarning,
} from '#contract/calendar.ts'
import type { Instant } from '#contract/primitives.ts'
import { passSettingVersion, readSettingVersion } from '../db/setting.ts'
import type { Database } from '../db/transaction.ts'
import { InvalidInput, settingsStale } from '../errors.ts'
import type { Clock, StateFact } from '../ports.ts'
import {
  addMissingDays,
  readDays,
  readSettings,
  replaceDays,
  writeSettings,
} from './calendar-store.ts'
import seedRows from './seed-days.json' with { type: 'json' }
import {
  deadlineOf,
  endlessBreak,
  isWorkingDay,
  localDay,
  type WorkingCalendar,
} from './working-days.ts'
import { calendarWarnings, coveredYears, isProvisional } from './year-coverage.ts'

export interface CalendarDeps {
  database: Database
  clock: Clock
  /** Takes `calendar_changed`, in the transaction of the change. */
  state: StateFact
}

export type CalendarService = ReturnType<typeof createCalendarService>

/**
 * Until an administrator decides: the statutory profile, with 24 November a holiday. Its adoption
 * into law was not seen in any source; counting it moves a deadline by at most one working day.
 */
const DEFAULTS = { cultureDayHoliday: true, profile: 'S' } as const

const VERSION = 'calendar.version'
const MOST_COUNTED = 1000

type Settings = Omit<CalendarView, 'warnings'>

/** The working-day calendar, held in memory so that a deadline costs no query. */
export function createCalendarService({ database, clock, state }: CalendarDeps) {
  let view: Settings = { days: [], ...DEFAULTS, version: 0 }
  let calendar = toCalendar(view)
  let covered = coveredYears(view.days)
  /** Deadlines by day of receipt and length: counting days is the dearest step of opening a ticket. */
  const counted = new Map<string, Instant>()

  function use(next: Settings): void {
    view = next
    calendar = toCalendar(next)
    covered = coveredYears(next.days)
    counted.clear()
  }

  /** Reads the calendar; at the very first start it stores the days that come with the program. */
  async function load(): Promise<void> {
    const stored = await readSettings(database.db)
    if (!stored.seeded) {
      await database.transaction(async (trx) => {
        await addMissingDays(trx.db, z.array(calendarDay).parse(seedRows))
        await writeSettings(trx.db, { seeded: true })
      })
    }
    use({
      days: await readDays(database.db),
      cultureDayHoliday: stored.cultureDayHoliday ?? DEFAULTS.cultureDayHoliday,
      profile: stored.profile ?? DEFAULTS.profile,
      version: await readSettingVersion(database.db, VERSION),
    })
  }

  /** The end of the last of `workingDays` days after receipt, by the calendar in force. */
  function dueAt(receivedAt: Instant, workingDays: number): Instant {
    const key = `${localDay(receivedAt)}+${workingDays}`
    const known = counted.get(key)
    if (known !== undefined) return known
    const { dueAt: due } = deadlineOf(receivedAt, workingDays, calendar)
    if (counted.size >= MOST_COUNTED) counted.clear()
    counted.set(key, due)
    return due
  }

  /** Whether the local day of this instant is worked, by the calendar in force. */
  function isWorkingAt(at: Instant): boolean {
    return isWorkingDay(localDay(at), calendar)
  }

  function deadline(query: DeadlineQuery): Deadline {
    const due = deadlineOf(query.receivedAt, query.workingDays, calendar, query.profile)
    return { ...due, provisional: isProvisionalDue(query.receivedAt, due.dueAt) }
  }

  /** Whether a deadline may still move, because a year on the way has no holidays yet. */
  function isProvisionalDue(receivedAt: Instant, due: Instant): boolean {
    return isProvisional(localDay(receivedAt), localDay(due), covered)
  }

  function warnings(): CalendarWarning[] {
    return calendarWarnings(view.days, localDay(clock.now()))
  }

  function read(): CalendarView {
    return { ...view, warnings: warnings() }
  }

  /**
   * Replaces the days (when given) and the settings, and moves the deadlines of open tickets with
   * them, all or nothing. Throws Conflict when somebody was faster, and InvalidInput for a date that
   * stands twice and for a year without work.
   */
  async function change(order: CalendarChange, actorId: string): Promise<CalendarView> {
    refuseDoubledDates(order.days ?? [])
    await database.transaction(async (trx) => {
      const version = order.version ?? (await readSettingVersion(trx.db, VERSION))
      if (!(await passSettingVersion(trx.db, VERSION, version))) {
        throw settingsStale('the calendar', await readSettingVersion(trx.db, VERSION))
      }
      const next = {
        version: version + 1,
        days: order.days?.toSorted((a, b) => (a.date < b.date ? -1 : 1)) ?? view.days,
        cultureDayHoliday: order.cultureDayHoliday ?? view.cultureDayHoliday,
        profile: order.profile ?? view.profile,
      }
      const nextCalendar = toCalendar(next)
      refuseEndlessBreak(nextCalendar)
      if (order.days) await replaceDays(trx.db, next.days)
      await writeSettings(trx.db, {
        cultureDayHoliday: order.cultureDayHoliday,
        profile: order.profile,
      })
      await state(trx, {
        type: 'calendar_changed',
        actorId,
        dueAt: (receivedAt, days) => deadlineOf(receivedAt, days, nextCalendar).dueAt,
        detail: describeChange(view, next),
      })
      trx.afterCommit(() => use(next))
    })
    return read()
  }

  return {
    load,
    dueAt,
    isWorkingAt,
    deadline,
    change,
    warnings,
    view: read,
    isProvisional: isProvisionalDue,
  }
}

function toCalendar(view: Settings): WorkingCalendar {
  const days = new Map(view.days.map((day) => [day.date, day.kind]))
  return { days, cultureDayHoliday: view.cultureDayHoliday, profile: view.profile }
}

function refuseDoubledDates(days: readonly CalendarDay[]): void {
  const seen = new Set<string>()
  const errors = days.flatMap((day, index) => {
    const doubled = seen.has(day.date)
    seen.add(day.date)
    return doubled ? [{ path: `days.${index}.date`, message: `${day.date} stands twice` }] : []
  })
  if (errors.length > 0) throw new InvalidInput('each date may stand once', errors)
}

function refuseEndlessBreak(calendar: WorkingCalendar): void {
  for (const profile of calendarProfile.options) {
    const date = endlessBreak(calendar, profile)
    if (date === null) continue
    const message = `nobody would work in the year after ${date} (profile ${profile})`
    throw new InvalidInput(message, [{ path: 'days', message }], 422)
  }
}

/** The audit's words: which days came and went, and the settings that changed. */
function describeChange(before: Settings, after: Settings): Record<string, string> {
  const was = new Set(before.days.map(dayText))
  const is = new Set(after.days.map(dayText))
  const facts = {
    added: [...is].filter((day) => !was.has(day)).join(', '),
    removed: [...was].filter((day) => !is.has(day)).join(', '),
    cultureDayHoliday:
      before.cultureDayHoliday === after.cultureDayHoliday ? '' : String(after.cultureDayHoliday),
    profile: before.profile === after.profile ? '' : after.profile,
  }
  return Object.fromEntries(Object.entries(facts).filter(([, text]) => text !== ''))
}

function dayText(day: CalendarDay): string {
  return `${day.date} ${day.kind}`
}
