import type { Instant } from '#contract/primitives.ts'
import { type DayHours, intoHours } from '../callbacks/policy/calling-hours.ts'
import { laterOf, plusMs } from '../time.ts'

export interface CallbackPace {
  perMinute: number
  /** In which customers are called. */
  hours: DayHours
}

const MINUTE_MS = 60_000

/** When the next callback is due: not before `earliest` nor now, inside the calling hours. */
export function callbackDueAt(
  earliest: Instant | null,
  now: Instant,
  { hours }: CallbackPace,
): Instant {
  return intoHours(hours, laterOf(earliest ?? now, now))
}

/** From when on the one after it may be due. */
export function nextCallbackFrom(dueAt: Instant, { perMinute }: CallbackPace): Instant {
  return plusMs(dueAt, Math.floor(MINUTE_MS / perMinute))
}
