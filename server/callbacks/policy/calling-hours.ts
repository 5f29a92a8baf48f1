import type { Instant } from '#contract/primitives.ts'
import { addDays, localDay, localTime, startOfLocalDay } from '../../calendar/working-days.ts'
import { plusMs } from '../../time.ts'

/** Times of day in Asia/Ho_Chi_Minh as `HH:MM`, the earlier first; `to` may be `24:00`. */
export interface DayHours {
  from: string
  to: string
}

const MINUTE_MS = 60_000
/** How long after its moment a promise is still dialled outside the hours, because the customer chose it. */
export const AGREED_LASTS_MS = 30 * MINUTE_MS

/** Whether customers are called at this moment: from `from` on and before `to`. */
export function mayCallAt(hours: DayHours, now: Instant): boolean {
  const time = localTime(now)
  return time >= hours.from && time < hours.to
}

/** This moment, or the next beginning of the hours when it lies outside them (`process.md` §5). */
export function intoHours(hours: DayHours, at: Instant): Instant {
  if (mayCallAt(hours, at)) return at
  const day = localDay(at)
  const { opens } = windowOf(hours, day)
  return at < opens ? opens : windowOf(hours, addDays(day, 1)).opens
}

/**
 * Whether the clock may dial this promise now: within the hours, and outside them for a while what was
 * agreed with the customer.
 */
export function mayDialAt(
  hours: DayHours,
  { agreed, dueAt }: { agreed: boolean; dueAt: Instant },
  now: Instant,
): boolean {
  return mayCallAt(hours, now) || (agreed && now < plusMs(dueAt, AGREED_LASTS_MS))
}

/** When the hours of this local day begin and end. */
export function windowOf(hours: DayHours, day: string): { opens: Instant; closes: Instant } {
  const midnight = startOfLocalDay(day)
  return {
    opens: plusMs(midnight, msOfDay(hours.from)),
    closes: plusMs(midnight, msOfDay(hours.to)),
  }
}

/** `08:30` as milliseconds from midnight; `24:00` is the next one. */
function msOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return (hour * 60 + minute) * MINUTE_MS
}
