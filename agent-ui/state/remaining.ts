const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A span as people say it: days and hours, hours and minutes, or minutes. */
export type SpanWords =
  | { unit: 'days'; days: number; hours: number }
  | { unit: 'hours'; hours: number; minutes: number }
  | { unit: 'minutes'; minutes: number }

export function spanWords(spanMs: number): SpanWords {
  const span = Math.abs(spanMs)
  if (span >= 2 * DAY_MS) {
    return {
      unit: 'days',
      days: Math.floor(span / DAY_MS),
      hours: Math.floor((span % DAY_MS) / HOUR_MS),
    }
  }
  if (span >= HOUR_MS) {
    return {
      unit: 'hours',
      hours: Math.floor(span / HOUR_MS),
      minutes: Math.floor((span % HOUR_MS) / MINUTE_MS),
    }
  }
  return { unit: 'minutes', minutes: Math.floor(span / MINUTE_MS) }
}
