import { z } from 'zod'

/** Answered within this time of joining the queue counts for `sl20` (an office aims at 80 %). */
export const SERVICE_LEVEL_SECONDS = 20
/** Answered within this time of reaching the service counts for `svc60` (QCVN: at least 80 %). */
export const SERVICE_SECONDS = 60
/** Who hangs up sooner than this after joining the queue is shown apart too: often a wrong number. */
export const SHORT_ABANDON_SECONDS = 5
/** The bars of the wait histogram: each up to and with its seconds, the last one beyond them all. */
export const WAIT_BOUNDS_SECONDS = [5, 10, 20, 30, 60, 120, 300] as const

/**
 * What some calls of a queue add up to. A call counts in its queue of first entry and in the interval in
 * which it entered; one that was transferred counts once.
 */
export const callCounts = z.object({
  /** All who reached the service on their way to the queue: also who hung up before it or was refused. */
  entered: z.number().int(),
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
  /** Of the answered, within `SERVICE_SECONDS` of reaching the service: notice and menu count too. */
  withinService: z.number().int(),
  /** Of the answered, from joining the queue to the answer, together. */
  waitSeconds: z.number().int(),
  /** Of the answered, whose call is over. */
  handled: z.number().int(),
  /** Of the handled, by all agents together, without holds. */
  talkSeconds: z.number().int(),
  holdSeconds: z.number().int(),
  /** From the end of talk until the agents were free again; a rest that a restart of ours cut adds nothing. */
  wrapUpSeconds: z.number().int(),
  /** How many of the answered waited how long: one figure per bound of `WAIT_BOUNDS_SECONDS`, and beyond. */
  waits: z.array(z.number().int()).length(WAIT_BOUNDS_SECONDS.length + 1),
})
export type CallCounts = z.infer<typeof callCounts>

export const NO_CALLS: Readonly<CallCounts> = {
  entered: 0,
  offered: 0,
  answered: 0,
  abandoned: 0,
  short: 0,
  timedOut: 0,
  asked: 0,
  withinLevel: 0,
  withinService: 0,
  waitSeconds: 0,
  handled: 0,
  talkSeconds: 0,
  holdSeconds: 0,
  wrapUpSeconds: 0,
  waits: [0, 0, 0, 0, 0, 0, 0, 0],
}

export function addCounts(one: CallCounts, other: CallCounts): CallCounts {
  return combined(one, other, (a, b) => a + b)
}

/** `one` without what `other` added to it. */
export function withoutCounts(one: CallCounts, other: CallCounts): CallCounts {
  return combined(one, other, (a, b) => a - b)
}

export function sameCounts(one: CallCounts, other: CallCounts): boolean {
  const { waits, ...difference } = withoutCounts(one, other)
  return [...waits, ...Object.values(difference)].every((value) => value === 0)
}

/** The bar of the histogram in which this wait stands, from 0. */
export function waitBucket(waitMs: number): number {
  const bar = WAIT_BOUNDS_SECONDS.findIndex((seconds) => waitMs <= seconds * 1000)
  return bar === -1 ? WAIT_BOUNDS_SECONDS.length : bar
}

/** A histogram of one wait, of this bar; of none for null. */
export function oneWait(bucket: number | null): number[] {
  return NO_CALLS.waits.map((_, bar) => (bar === bucket ? 1 : 0))
}

function combined(
  one: CallCounts,
  other: CallCounts,
  combine: (a: number, b: number) => number,
): CallCounts {
  return {
    entered: combine(one.entered, other.entered),
    offered: combine(one.offered, other.offered),
    answered: combine(one.answered, other.answered),
    abandoned: combine(one.abandoned, other.abandoned),
    short: combine(one.short, other.short),
    timedOut: combine(one.timedOut, other.timedOut),
    asked: combine(one.asked, other.asked),
    withinLevel: combine(one.withinLevel, other.withinLevel),
    withinService: combine(one.withinService, other.withinService),
    waitSeconds: combine(one.waitSeconds, other.waitSeconds),
    handled: combine(one.handled, other.handled),
    talkSeconds: combine(one.talkSeconds, other.talkSeconds),
    holdSeconds: combine(one.holdSeconds, other.holdSeconds),
    wrapUpSeconds: combine(one.wrapUpSeconds, other.wrapUpSeconds),
    waits: one.waits.map((count, bar) => combine(count, other.waits[bar] ?? 0)),
  }
}

/** A share from 0 to 1 or a mean in seconds; null while there is no call that it could be of. */
export type Figure = number | null

/** `sl20`: answered within 20 s ÷ offered. Short abandons stay in what it is divided by. */
export function serviceLevel({ withinLevel, offered }: CallCounts): Figure {
  return ratio(withinLevel, offered)
}

/** `svc60`: answered within 60 s of reaching the service ÷ all who reached it (vietnam.md §4.3). */
export function serviceRate({ withinService, entered }: CallCounts): Figure {
  return ratio(withinService, entered)
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

/** `aht`: (talk + hold + wrap-up) ÷ handled, in seconds. */
export function averageHandling(counts: Handling & { handled: number }): Figure {
  return ratio(handlingSeconds(counts), counts.handled)
}

/** `cb30`: promises of the day that were kept ÷ kept, late and broken ones; others count nowhere. */
export function keptRate({
  kept,
  late,
  broken,
}: Record<'kept' | 'late' | 'broken', number>): Figure {
  return ratio(kept, kept + late + broken)
}

/** Time at calls, in whole seconds. */
interface Handling {
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
}

export function handlingSeconds({ talkSeconds, holdSeconds, wrapUpSeconds }: Handling): number {
  return talkSeconds + holdSeconds + wrapUpSeconds
}

export function ratio(part: number, whole: number): Figure {
  return whole <= 0 ? null : part / whole
}
