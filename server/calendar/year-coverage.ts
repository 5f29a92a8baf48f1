import type { CalendarDay, CalendarWarning, YearCoverage } from '#contract/calendar.ts'
import type { LocalDate } from '#contract/primitives.ts'

/** Tết lies between these dates in every year; it is what nobody can know without the notice. */
const TET = ['01-18', '02-26'] as const
/** National Day is two days: which of its neighbours is the second is told each year. */
const NATIONAL_DAY = ['09-01', '09-03'] as const
/** Days of the end of a year may be due in the next one, and people plan months ahead. */
const WARN_OF_MISSING_FROM = '07-01'
/** The Prime Minister tells the dates of the next year about then (vietnam.md §3.2). */
const WARN_OF_PROJECTED_FROM = '10-01'
const CONFIRMED = ['A', 'B']

/**
 * What is known of the holidays of a year: `missing` without Tết, `projected` while Tết or National
 * Day is from memory, computed ahead or not there, `confirmed` when both come from a notice.
 */
export function yearCoverage(year: number, days: readonly CalendarDay[]): YearCoverage {
  const tet = holidaysIn(year, TET, days)
  if (tet.length === 0) return 'missing'
  const nationalDay = holidaysIn(year, NATIONAL_DAY, days)
  const isConfirmed = [...tet, ...nationalDay].every((day) => CONFIRMED.includes(day.confidence))
  return isConfirmed && nationalDay.length > 0 ? 'confirmed' : 'projected'
}

function holidaysIn(
  year: number,
  [from, to]: readonly [string, string],
  days: readonly CalendarDay[],
): CalendarDay[] {
  return days.filter(
    ({ kind, date }) => kind === 'holiday' && date >= `${year}-${from}` && date <= `${year}-${to}`,
  )
}

/** The years whose Tết the calendar has. */
export function coveredYears(days: readonly CalendarDay[]): ReadonlySet<number> {
  const years = new Set(days.map((day) => yearOf(day.date)))
  return new Set([...years].filter((year) => yearCoverage(year, days) !== 'missing'))
}

/** Whether a period touches a year whose holidays are not in the calendar: its end may still move. */
export function isProvisional(
  from: LocalDate,
  to: LocalDate,
  covered: ReadonlySet<number>,
): boolean {
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    if (!covered.has(year)) return true
  }
  return false
}

/** What administrators have to enter, months before somebody misses it; nearest year first. */
export function calendarWarnings(
  days: readonly CalendarDay[],
  today: LocalDate,
): CalendarWarning[] {
  const year = yearOf(today)
  return [year, year + 1].flatMap((of) => {
    const coverage = yearCoverage(of, days)
    if (coverage === 'confirmed') return []
    const from = coverage === 'missing' ? WARN_OF_MISSING_FROM : WARN_OF_PROJECTED_FROM
    return of === year || today.slice(5) >= from ? [{ year: of, coverage }] : []
  })
}

/** One line for the log and `/readyz`. */
export function warningText({ year, coverage }: CalendarWarning): string {
  return coverage === 'missing'
    ? `the calendar has no Tết of ${year}: enter its holidays, deadlines into ${year} are provisional`
    : `the holidays of ${year} are not confirmed: enter Tết and National Day from the notice`
}

function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4))
}
