import type { Instant } from '#contract/primitives.ts'
import { addDays, localDay, startOfLocalDay } from '../calendar/working-days.ts'
import { type DayHours, windowOf } from '../callbacks/policy/calling-hours.ts'
import { instantOfMs } from '../time.ts'

/** How much of the time from `from` to `to` lies in the hours in which customers are called. */
export function callingMsBetween(hours: DayHours, from: Instant, to: Instant): number {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  let counted = 0
  for (let day = localDay(from); Date.parse(startOfLocalDay(day)) < end; day = addDays(day, 1)) {
    const [opens, closes] = windowMsOf(hours, day)
    counted += Math.max(0, Math.min(closes, end) - Math.max(opens, start))
  }
  return counted
}

/** When `ms` of calling hours have gone by since `from`; at a closing hour, that evening. */
export function afterCallingMs(hours: DayHours, from: Instant, ms: number): Instant {
  const start = Date.parse(from)
  let left = ms
  for (let day = localDay(from); ; day = addDays(day, 1)) {
    const [opens, closes] = windowMsOf(hours, day)
    const begins = Math.max(opens, start)
    const room = Math.max(0, closes - begins)
    if (room > 0 && left <= room) return instantOfMs(begins + left)
    left -= room
  }
}

function windowMsOf(hours: DayHours, day: string): [number, number] {
  const { opens, closes } = windowOf(hours, day)
  return [Date.parse(opens), Date.parse(closes)]
}
