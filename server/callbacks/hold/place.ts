import type { Instant } from '#contract/primitives.ts'
import { localDay } from '../../calendar/working-days.ts'
import { earlierOf, plusMs } from '../../time.ts'
import { type DayHours, intoHours, mayCallAt, windowOf } from '../policy/calling-hours.ts'

/** Whose turn has not come by then is called by whoever is free. */
const LONGEST_WAIT_MS = 4 * 60 * 60_000

/** Somebody in a queue: a customer on the line, or a place. */
export interface Waiting {
  uniqueid: string
  joinedAt: Instant
}

/**
 * Where in the queue a caller stands who came at `joinedAt`: behind everybody who came before. `cameAt`
 * has the callers of the other places: they came before their place did, and of those who came in the same
 * millisecond the one who has a place already is before.
 */
export function positionOf(
  joinedAt: Instant,
  waiting: readonly Waiting[],
  cameAt: ReadonlyMap<string, Instant>,
): number {
  const isBefore = ({ uniqueid, joinedAt: joined }: Waiting): boolean => {
    const came = cameAt.get(uniqueid)
    return came === undefined ? joined < joinedAt : came <= joinedAt
  }
  return waiting.filter(isBefore).length + 1
}

/** When a caller is called at the latest who chose this now: until today's calling hours end, else when they begin. */
export function promisedUntil(hours: DayHours, now: Instant): Instant {
  return mayCallAt(hours, now) ? windowOf(hours, localDay(now)).closes : intoHours(hours, now)
}

/** For which moment a promise of such a caller is that was not kept by then; null: by then was no closing time. */
export function promisedAfterClosing(hours: DayHours, promisedFor: Instant): Instant | null {
  const opens = intoHours(hours, promisedFor)
  return opens === promisedFor ? null : opens
}

/** How long a place is kept, in seconds, so that it never ends before closing time does; 0 outside the calling hours. */
export function placeSeconds(hours: DayHours, now: Instant): number {
  if (!mayCallAt(hours, now)) return 0
  const until = earlierOf(promisedUntil(hours, now), plusMs(now, LONGEST_WAIT_MS))
  return Math.ceil((Date.parse(until) - Date.parse(now)) / 1000)
}
