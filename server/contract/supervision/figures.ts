import { z } from 'zod'

/** Answered within this time of joining the queue counts for `sl20` (an office aims at 80 %). */
export const SERVICE_LEVEL_SECONDS = 20
/** Who hangs up sooner than this after joining the queue is shown apart too: often a wrong number. */
export const SHORT_ABANDON_SECONDS = 5

/**
 * What some calls of a queue add up to. A call counts in its queue of first entry and in the interval in
 * which it entered; one that was transferred counts once.
 */
export const callCounts = z.object({
  /** All who came into the queue. */
  offered: z.number().int(),
  answered: z.number().int(),
  /** Hung up while they waited, the short ones with them. */
  abandoned: z.number().int(),
  /** Of the abandoned, who hung up within `SHORT_ABANDON_SECONDS`. */
  short: z.number().int(),
  /** The queue gave them up; neither answered nor abandoned. */
  timedOut: z.number().int(),
  /** Left by key to be called back; neither answered nor abandoned. */
  asked: z.number().int(),
  /** Of the answered, whom an agent answered within `SERVICE_LEVEL_SECONDS`. */
  withinLevel: z.number().int(),
  /** Of the answered, from joining the queue to the answer, together. */
  waitSeconds: z.number().int(),
})
export type CallCounts = z.infer<typeof callCounts>

export const NO_CALLS: Readonly<CallCounts> = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  short: 0,
  timedOut: 0,
  asked: 0,
  withinLevel: 0,
  waitSeconds: 0,
}

export function addCounts(one: CallCounts, other: CallCounts): CallCounts {
  return combined(one, other, (a, b) => a + b)
}

/** `one` without what `other` added to it. */
export function withoutCounts(one: CallCounts, other: CallCounts): CallCounts {
  return combined(one, other, (a, b) => a - b)
}

export function sameCounts(one: CallCounts, other: CallCounts): boolean {
  const difference: Record<string, number> = withoutCounts(one, other)
  return Object.values(difference).every((value) => value === 0)
}

function combined(
  one: CallCounts,
  other: CallCounts,
  combine: (a: number, b: number) => number,
): CallCounts {
  return {
    offered: combine(one.offered, other.offered),
    answered: combine(one.answered, other.answered),
    abandoned: combine(one.abandoned, other.abandoned),
    short: combine(one.short, other.short),
    timedOut: combine(one.timedOut, other.timedOut),
    asked: combine(one.asked, other.asked),
    withinLevel: combine(one.withinLevel, other.withinLevel),
    waitSeconds: combine(one.waitSeconds, other.waitSeconds),
  }
}

/** A share from 0 to 1 or a mean in seconds; null while there is no call that it could be of. */
type Figure = number | null

/** `sl20`: answered within 20 s ÷ offered. Short abandons stay in what it is divided by. */
export function serviceLevel({ withinLevel, offered }: CallCounts): Figure {
  return ratio(withinLevel, offered)
}

/** Answered ÷ offered. */
export function answerRate({ answered, offered }: CallCounts): Figure {
  return ratio(answered, offered)
}

/** `abandon`: abandoned ÷ offered. */
export function abandonRate({ abandoned, offered }: CallCounts): Figure {
  return ratio(abandoned, offered)
}

/** The same as if the short ones had never called. */
export function longAbandonRate({ abandoned, short, offered }: CallCounts): Figure {
  return ratio(abandoned - short, offered - short)
}

/** `asa`: the mean wait of who was answered, in seconds. */
export function averageSpeedOfAnswer({ waitSeconds, answered }: CallCounts): Figure {
  return ratio(waitSeconds, answered)
}

function ratio(part: number, whole: number): Figure {
  return whole <= 0 ? null : part / whole
}
