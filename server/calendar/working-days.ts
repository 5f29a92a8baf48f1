import type { CalendarProfile, DayKind, Deadline } from '#contract/calendar.ts'
import type { Instant, LocalDate } from '#contract/primitives.ts'
import { instantOfMs } from '../time.ts'

/**
 * The special days that count, and how. `cultureDayHoliday` decides whether the 24 November rows
 * (Ngày Văn hóa Việt Nam, adoption into law not confirmed) are holidays.
 */
export interface WorkingCalendar {
  days: ReadonlyMap<LocalDate, DayKind>
  cultureDayHoliday: boolean
  profile: CalendarProfile
}

const DAY_MS = 86_400_000
/** Asia/Ho_Chi_Minh is UTC+7 all year: Vietnam has no daylight saving. */
const OFFSET_MS = 7 * 3_600_000
/** Of UTC: from then on the date in Vietnam is the next one. */
const FIRST_HOUR_OF_TOMORROW = 17
const CULTURE_DAY = '-11-24'
/** A calendar without a working day in this many days in a row is a mistake, not a holiday. */
const LONGEST_BREAK_DAYS = 366

let lastDay = ''
let dayAfterLast = ''

/** The date in Vietnam at this instant; neighbours of one night cost one computation. */
export function localDay(at: Instant): LocalDate {
  const day = at.slice(0, 10)
  if (Number(at.slice(11, 13)) < FIRST_HOUR_OF_TOMORROW) return day
  if (day !== lastDay) {
    dayAfterLast = addDays(day, 1)
    lastDay = day
  }
  return dayAfterLast
}

/** The local time of day of an instant, `HH:MM`. */
export function localTime(at: Instant): string {
  return instantOfMs(Date.parse(at) + OFFSET_MS).slice(11, 16)
}

/** The first instant of a Vietnamese date. */
export function startOfLocalDay(date: LocalDate): Instant {
  return instantOfMs(Date.parse(`${date}T00:00:00.000Z`) - OFFSET_MS)
}

/** The last millisecond of a Vietnamese date: a period in days ends then (Civil Code 2015 Art. 148). */
export function endOfLocalDay(date: LocalDate): Instant {
  return instantOfMs(Date.parse(`${date}T00:00:00.000Z`) - OFFSET_MS + DAY_MS - 1)
}

/** The date `n` calendar days after (or before, when negative) this one. */
export function addDays(date: LocalDate, n: number): LocalDate {
  return instantOfMs(Date.parse(`${date}T00:00:00.000Z`) + n * DAY_MS).slice(0, 10)
}

/**
 * Whether a date is worked. Profile S: Monday to Friday without holidays and compensatory days;
 * G also leaves out the government's swapped weekdays and works its swapped Saturdays.
 */
export function isWorkingDay(
  date: LocalDate,
  calendar: WorkingCalendar,
  profile: CalendarProfile = calendar.profile,
): boolean {
  const kind = countedKind(date, calendar)
  if (kind === 'holiday' || kind === 'compensatory') return false
  if (profile === 'G' && kind === 'swap_off') return false
  return isWeekday(date) || (profile === 'G' && kind === 'swap_work')
}

/**
 * The `n`-th working day after `date`; the day itself is not counted (Civil Code 2015 Art. 147).
 * With `n` 0 it is the day itself, or the next working day when it is none (Art. 148).
 * Throws when the calendar has no working day within a year.
 */
export function addWorkingDays(
  date: LocalDate,
  n: number,
  calendar: WorkingCalendar,
  profile: CalendarProfile = calendar.profile,
): LocalDate {
  if (n === 0 && isWorkingDay(date, calendar, profile)) return date
  let day = date
  for (let left = Math.max(n, 1); left > 0; left -= 1) day = nextWorkingDay(day, calendar, profile)
  return day
}

/** The first special day after which nobody works for a year; null when there is none, as should be. */
export function endlessBreak(
  calendar: WorkingCalendar,
  profile: CalendarProfile,
): LocalDate | null {
  let worked = ''
  for (const date of [...calendar.days.keys()].toSorted()) {
    if (date < worked) continue
    const next = findWorkingDay(date, calendar, profile)
    if (next === null) return date
    worked = next
  }
  return null
}

/**
 * When something received at `receivedAt` is due: the end of the last working day. `skipped` are the
 * weekdays on the way that did not count.
 */
export function deadlineOf(
  receivedAt: Instant,
  workingDays: number,
  calendar: WorkingCalendar,
  profile: CalendarProfile = calendar.profile,
): Omit<Deadline, 'provisional'> {
  const received = localDay(receivedAt)
  const dueOn = addWorkingDays(received, workingDays, calendar, profile)
  const skipped: LocalDate[] = []
  for (let day = addDays(received, 1); day < dueOn; day = addDays(day, 1)) {
    if (isWeekday(day) && !isWorkingDay(day, calendar, profile)) skipped.push(day)
  }
  return { dueAt: endOfLocalDay(dueOn), dueOn, skipped }
}

function nextWorkingDay(
  date: LocalDate,
  calendar: WorkingCalendar,
  profile: CalendarProfile,
): LocalDate {
  const found = findWorkingDay(date, calendar, profile)
  if (found === null) throw new Error(`the calendar has no working day in the year after ${date}`)
  return found
}

function findWorkingDay(
  date: LocalDate,
  calendar: WorkingCalendar,
  profile: CalendarProfile,
): LocalDate | null {
  let day = date
  for (let i = 0; i < LONGEST_BREAK_DAYS; i += 1) {
    day = addDays(day, 1)
    if (isWorkingDay(day, calendar, profile)) return day
  }
  return null
}

function countedKind(date: LocalDate, calendar: WorkingCalendar): DayKind | undefined {
  const kind = calendar.days.get(date)
  const ignored = kind === 'holiday' && date.endsWith(CULTURE_DAY) && !calendar.cultureDayHoliday
  return ignored ? undefined : kind
}

function isWeekday(date: LocalDate): boolean {
  const day = new Date(`${date}T00:00:00.000Z`).getUTCDay()
  return day !== 0 && day !== 6
}
