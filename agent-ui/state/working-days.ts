import type { CalendarView } from '#contract/calendar.ts'
import { localDay } from './local-time.ts'

const DAY_MS = 24 * 3_600_000

interface Rules {
  days: readonly Pick<CalendarView['days'][number], 'date' | 'kind'>[]
  profile: CalendarView['profile']
}

/** Whether a date counts in Việt Nam: the swapped days only under the profile that follows them. */
export function isWorkingDay(date: string, { days, profile }: Rules): boolean {
  const kinds = days.filter((day) => day.date === date).map(({ kind }) => kind)
  if (kinds.includes('holiday') || kinds.includes('compensatory')) return false
  if (profile === 'G') {
    if (kinds.includes('swap_off')) return false
    if (kinds.includes('swap_work')) return true
  }
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** Working days after today up to the day of the deadline; negative: so many have gone by since. */
export function workingDaysLeft(dueAt: string, nowMs: number, rules: Rules): number {
  const today = localDay(nowMs)
  const due = localDay(Date.parse(dueAt))
  const [from, to] = today <= due ? [today, due] : [due, today]
  let count = 0
  for (let day = Date.parse(from) + DAY_MS; day <= Date.parse(to); day += DAY_MS) {
    if (isWorkingDay(new Date(day).toISOString().slice(0, 10), rules)) count += 1
  }
  return today <= due ? count : -count
}
