import { type BackOff, backOffMs } from './back-off.ts'

/** What a loop knows when it asks how long it may rest. */
export interface Resting {
  /** Since the last look ended, on the monotonic clock; infinite before the first look. */
  restedMs: number
  /** Until something falls due by the wall clock; negative when it is late, null when nothing is. */
  untilDueMs: number | null
  /** Somebody woke the loop. */
  asked: boolean
  /** Looks in a row that ended in an error. */
  failures: number
}

export interface RestLimits {
  /** It looks at least this often, whatever it was told. */
  longestSleepMs: number
  /** However often it is woken: wakings come in crowds, and each look asks the database. */
  shortestPauseMs: number
  /** After looks that failed; no waking shortens it. */
  backOff: BackOff
}

/** In how many milliseconds the next look is; 0 means now. */
export function nextLookInMs(resting: Resting, limits: RestLimits): number {
  const { restedMs, untilDueMs, asked, failures } = resting
  if (failures > 0) return Math.max(0, backOffMs(failures, limits.backOff) - restedMs)
  const wanted = asked ? 0 : Math.min(limits.longestSleepMs - restedMs, untilDueMs ?? Infinity)
  return Math.max(0, wanted, limits.shortestPauseMs - restedMs)
}
