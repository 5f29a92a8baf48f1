import type { Instant } from '#contract/primitives.ts'
import { localTime } from '../../calendar/working-days.ts'

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
