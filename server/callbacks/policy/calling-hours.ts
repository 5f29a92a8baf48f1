import type { Instant } from '#contract/primitives.ts'
import { addDays, localDay, localTime, startOfLocalDay } from '../../calendar/working-days.ts'
import { plusMs } from '../../time.ts'

/** Times of day in Asia/Ho_Chi_Minh as `HH:MM`, the earlier first; `to` may be `24:00`. */
export interface DayHours {
  from: string
  to: string
}

/** Whether customers are called at this moment: from `from` on and before `to`; null: at any hour. */
export function mayCallAt(hours: DayHours | null, now: Instant): boolean {
  if (hours === null) return true
  const time = localTime(now)
  return time >= hours.from && time < hours.to
}

/** This moment when customers are called then, else when they next are. */
export function nextCallingAt(hours: DayHours | null, at: Instant): Instant {
  if (hours === null || mayCallAt(hours, at)) return at
  const day = localTime(at) < hours.from ? localDay(at) : addDays(localDay(at), 1)
  const [hour = 0, minute = 0] = hours.from.split(':').map(Number)
  return plusMs(startOfLocalDay(day), (hour * 60 + minute) * 60_000)
}
