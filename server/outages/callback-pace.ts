import type { Instant } from '#contract/primitives.ts'
import type { DayHours } from '../callbacks/policy/calling-hours.ts'
import { mayCallAt } from '../callbacks/policy/calling-hours.ts'
import { afterCallingMs } from '../clocks/calling-time.ts'
import { laterOf, plusMs } from '../time.ts'

export interface CallbackPace {
  perMinute: number
  /** The hours in which customers are called; null: at any hour. */
  hours: DayHours | null
}

const MINUTE_MS = 60_000

/** When the next callback is due: not before `earliest` nor now, inside the calling hours. */
export function callbackDueAt(
  earliest: Instant | null,
  now: Instant,
  { hours }: CallbackPace,
): Instant {
  const from = laterOf(earliest ?? now, now)
  if (hours === null || mayCallAt(hours, from)) return from
  return plusMs(afterCallingMs(hours, from, 1), -1)
}

/** From when on the one after it may be due. */
export function nextCallbackFrom(dueAt: Instant, { perMinute }: CallbackPace): Instant {
  return plusMs(dueAt, Math.floor(MINUTE_MS / perMinute))
}
