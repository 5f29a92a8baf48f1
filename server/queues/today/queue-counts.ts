import {
  addCounts,
  type CallCounts,
  NO_CALLS,
  withoutCounts,
} from '#contract/supervision/figures.ts'
import type { LocalDate } from '#contract/primitives.ts'

/** Today's calls per PBX and queue, by the day on which the caller entered. */
export interface TodayCounts {
  day: LocalDate
  queues: ReadonlyMap<string, CallCounts>
}

export function emptyCounts(day: LocalDate): TodayCounts {
  return { day, queues: new Map() }
}

export interface CountedQueue {
  pbxId: string
  queue: string
}

/** What one call added before and what it adds now: a call whose outcome is corrected is recounted. */
export interface Recount {
  before: CallCounts
  after: CallCounts
}

/** Of an earlier day: changes nothing. Of a later day: that day has begun. */
export function recount(
  counts: TodayCounts,
  counted: CountedQueue & { day: LocalDate },
  { before, after }: Recount,
): TodayCounts {
  if (counted.day < counts.day) return counts
  const today = counted.day === counts.day ? counts : emptyCounts(counted.day)
  const next = addCounts(countsOf(today, counted), withoutCounts(after, before))
  return { day: today.day, queues: new Map(today.queues).set(keyOf(counted), next) }
}

/** The counts of `day`: the same ones, or none yet when a new day has begun. */
export function turnDay(counts: TodayCounts, day: LocalDate): TodayCounts {
  return day > counts.day ? emptyCounts(day) : counts
}

export function countsOf(counts: TodayCounts, counted: CountedQueue): CallCounts {
  return counts.queues.get(keyOf(counted)) ?? NO_CALLS
}

function keyOf({ pbxId, queue }: CountedQueue): string {
  return `${pbxId} ${queue}`
}
