import type { Instant } from '#contract/primitives.ts'

let lastSecond = Number.NaN
let lastPrefix = ''

/** UTC text with milliseconds of epoch milliseconds; neighbours of one second cost one conversion. */
export function instantOfMs(ms: number): Instant {
  const second = Math.floor(ms / 1000)
  if (second !== lastSecond) {
    lastPrefix = new Date(second * 1000).toISOString().slice(0, -4)
    lastSecond = second
  }
  return `${lastPrefix}${String(Math.floor(ms) - second * 1000).padStart(3, '0')}Z`
}

/** The instant `ms` later; earlier when negative. */
export function plusMs(at: Instant, ms: number): Instant {
  return instantOfMs(Date.parse(at) + ms)
}

/** The instant `seconds` later; earlier when negative. */
export function plusSeconds(at: Instant, seconds: number): Instant {
  return plusMs(at, seconds * 1000)
}

/** Whole seconds, never negative: two clocks of one PBX can still disagree by a little. */
export function secondsBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
}

export function laterOf(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}

/** The earlier of two instants, where null means never. */
export function earlierOf(a: Instant | null, b: Instant): Instant {
  return a === null || b < a ? b : a
}
