import type { Instant } from '#contract/primitives.ts'
import { addDays, localDay, startOfLocalDay } from '../calendar/working-days.ts'
import type { DayHours } from '../callbacks/policy/calling-hours.ts'
import { instantOfMs } from '../time.ts'

const MINUTE_MS = 60_000

/** How much of the time from `from` to `to` lies in the hours in which customers are called. */
export function callingMsBetween(hours: DayHours, from: Instant, to: Instant): number {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  let counted = 0
  for (let day = localDay(from); Date.parse(startOfLocalDay(day)) < end; day = addDays(day, 1)) {
    const [opens, closes] = windowOf(hours, day)
    counted += Math.max(0, Math.min(closes, end) - Math.max(opens, start))
  }
  return counted
}

/** When `ms` of calling hours have gone by since `from`; at a closing hour, that evening. */
export function afterCallingMs(hours: DayHours, from: Instant, ms: number): Instant {
  const start = Date.parse(from)
  let left = ms
  for (let day = localDay(from); ; day = addDays(day, 1)) {
    const [opens, closes] = windowOf(hours, day)
    const begins = Math.max(opens, start)
    const room = Math.max(0, closes - begins)
    if (room > 0 && left <= room) return instantOfMs(begins + left)
    left -= room
  }
}

function windowOf(hours: DayHours, day: string): [number, number] {
  const midnight = Date.parse(startOfLocalDay(day))
  return [midnight + msOfDay(hours.from), midnight + msOfDay(hours.to)]
}

/** `08:30` as milliseconds from midnight; `24:00` is the next one. */
function msOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return (hour * 60 + minute) * MINUTE_MS
}
