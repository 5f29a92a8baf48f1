import type { LocalDate } from '#contract/primitives.ts'
import type { QueueToday } from '#contract/queues.ts'

/** Today's calls per PBX and queue, by the day on which the caller entered. */
export interface TodayCounts {
  day: LocalDate
  queues: ReadonlyMap<string, QueueToday>
}

const NONE: QueueToday = { offered: 0, answered: 0, abandoned: 0, asked: 0 }

export function emptyCounts(day: LocalDate): TodayCounts {
  return { day, queues: new Map() }
}

export interface CountedQueue {
  pbxId: string
  queue: string
}

/** What one call added before and what it adds now: a call whose outcome is corrected is recounted. */
export interface Recount {
  before: QueueToday
  after: QueueToday
}

/** Of an earlier day: changes nothing. Of a later day: that day has begun. */
export function recount(
  counts: TodayCounts,
  counted: CountedQueue & { day: LocalDate },
  { before, after }: Recount,
): TodayCounts {
  if (counted.day < counts.day) return counts
  const today = counted.day === counts.day ? counts : emptyCounts(counted.day)
  const known = countsOf(today, counted)
  const next = {
    offered: known.offered + after.offered - before.offered,
    answered: known.answered + after.answered - before.answered,
    abandoned: known.abandoned + after.abandoned - before.abandoned,
    asked: known.asked + after.asked - before.asked,
  }
  return { day: today.day, queues: new Map(today.queues).set(keyOf(counted), next) }
}

/** The counts of `day`: the same ones, or none yet when a new day has begun. */
export function turnDay(counts: TodayCounts, day: LocalDate): TodayCounts {
  return day > counts.day ? emptyCounts(day) : counts
}

export function countsOf(counts: TodayCounts, counted: CountedQueue): QueueToday {
  return counts.queues.get(keyOf(counted)) ?? NONE
}

/** Several calls that each add the same. */
export function times(one: QueueToday, calls: number): QueueToday {
  return {
    offered: one.offered * calls,
    answered: one.answered * calls,
    abandoned: one.abandoned * calls,
    asked: one.asked * calls,
  }
}

export const NOTHING_COUNTED: Readonly<QueueToday> = NONE

function keyOf({ pbxId, queue }: CountedQueue): string {
  return `${pbxId} ${queue}`
}
