import type { LocalDate } from '#contract/primitives.ts'
import type { QueueToday } from '#contract/queues.ts'

/** Today's calls per PBX and queue, by the day on which the caller entered. */
export interface TodayCounts {
  day: LocalDate
  queues: ReadonlyMap<string, QueueToday>
}

export type Counted = keyof QueueToday

const NONE: QueueToday = { offered: 0, answered: 0, abandoned: 0 }

export function emptyCounts(day: LocalDate): TodayCounts {
  return { day, queues: new Map() }
}

export interface CountedQueue {
  pbxId: string
  queue: string
}

/** Adds one call. Of an earlier day: changes nothing. Of a later day: that day has begun. */
export function countCall(
  counts: TodayCounts,
  of: CountedQueue & { day: LocalDate },
  what: Counted,
): TodayCounts {
  if (of.day < counts.day) return counts
  const today = of.day === counts.day ? counts : emptyCounts(of.day)
  const before = countsOf(today, of)
  const after = { ...before, [what]: before[what] + 1 }
  return { day: today.day, queues: new Map(today.queues).set(keyOf(of), after) }
}

/** The counts of `day`: the same ones, or none yet when a new day has begun. */
export function turnDay(counts: TodayCounts, day: LocalDate): TodayCounts {
  return day > counts.day ? emptyCounts(day) : counts
}

export function withCounts(
  counts: TodayCounts,
  rows: readonly (CountedQueue & QueueToday)[],
): TodayCounts {
  const queues = new Map(counts.queues)
  for (const { pbxId, queue, ...today } of rows) queues.set(keyOf({ pbxId, queue }), today)
  return { ...counts, queues }
}

export function countsOf(counts: TodayCounts, of: CountedQueue): QueueToday {
  return counts.queues.get(keyOf(of)) ?? NONE
}

function keyOf(of: CountedQueue): string {
  return `${of.pbxId} ${of.queue}`
}
