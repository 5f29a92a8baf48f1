import type { CustomerRecord, Pickup, RingRecord } from '../kills/evidence.ts'
import { HOTLINE } from '../kills/expected.ts'
import { parseQueueLog, queueStories, type QueueStory } from '../kills/queue-log.ts'
import { type Caller, callerOf, type Fate, isAnswered, lateSeconds, type Part } from './caller.ts'
import { about, exactly, NONE, sumOf, type Told, within } from './told.ts'

/** What queue_log and the phones wrote. Nothing in it comes from the service. */
export type CountWitness = {
  readonly customers: readonly CustomerRecord[]
  readonly rings: readonly RingRecord[]
  readonly pickups: readonly Pickup[]
  /** Numbers whose customers were promised a callback by an agent. */
  readonly promised: readonly string[]
  readonly queueLog: string
  readonly noticeMs: number
  /** The longest time that the script of the phones stood still; 0 in runs kept before it was measured. */
  readonly stalledMs?: number
}

/** The figures of one queue; seconds are sums. */
export type QueueCount = {
  readonly entered: Told
  readonly offered: Told
  readonly answered: Told
  readonly abandoned: Told
  readonly short: Told
  readonly timedOut: Told
  readonly asked: Told
  readonly withinLevel: Told
  readonly withinService: Told
  readonly waitSeconds: Told
  readonly handled: Told
  readonly talkSeconds: Told
  readonly holdSeconds: Told
  readonly waits: readonly Told[]
}

/** The figures of one phone; `lastCallAt` in epoch seconds, null: no call. */
export type MemberCount = {
  readonly taken: Told
  readonly handled: Told
  readonly talkSeconds: Told
  readonly holdSeconds: Told
  readonly lastCallAt: Told | null
}

/** What the day was, counted without the service. */
export type Count = {
  readonly queues: ReadonlyMap<string, QueueCount>
  readonly members: ReadonlyMap<string, MemberCount>
  /** How many calls became what; `callback` is a promise that was kept, also of who gave up waiting for it. */
  readonly fates: ReadonlyMap<Fate | 'callback', number>
}

/** QCVN and the office's aim, from reference/vietnam.md §4.3. */
const [LEVEL_SECONDS, SERVICE_SECONDS] = [20, 60]
const BOUNDS = [5, 10, 20, 30, 60, 120, 300]
const SHORT_SECONDS = 5
/** Whom the hotline's number leads to. */
const FIRST_QUEUE = 'hotline'
/** Channels that the service placed itself: a kept place, a callback. */
const OWN_CHANNEL = /^(pl|cb|cu|mb)-/

/** Counts a day anew, from what was written by others than the service. */
export function countDay(witness: CountWitness): Count {
  const stories = queueStories(parseQueueLog(witness.queueLog))
  const byNumber = new Map(
    stories.filter(isOfCaller).map((story) => [story.number, story] as const),
  )
  const known = {
    noticeMs: witness.noticeMs,
    silent: silentPickups(witness),
    lateSeconds: lateSeconds(witness.stalledMs ?? 0),
  }
  const callers = witness.customers.map((record) =>
    callerOf(record, byNumber.get(record.number) ?? null, known),
  )
  const called = calledBack(witness)
  return {
    queues: queuesOf(callers),
    members: membersOf(callers, called),
    fates: fatesOf(callers, called),
  }
}

/** Those of which no word was heard: the customer had gone. */
function silentPickups({ customers, pickups }: CountWitness): Pickup[] {
  const heard = customers.flatMap((record) => record.heard)
  return pickups.filter(
    ({ extension, upAt }) =>
      !heard.some(
        (one) => one.extension === extension && one.to >= upAt && one.from <= upAt + 1_000,
      ),
  )
}

function isOfCaller({ uniqueid }: QueueStory): boolean {
  return !OWN_CHANNEL.test(uniqueid)
}

/** The queue of first entry, or on the way to which the caller was lost. */
function queueOf({ record, story }: Caller): string | null {
  if (story !== null) return story.queue
  return record.dialled === HOTLINE && record.upAt !== null ? FIRST_QUEUE : null
}

function queuesOf(callers: readonly Caller[]): Map<string, QueueCount> {
  const groups = Map.groupBy(callers, (caller) => queueOf(caller) ?? '')
  groups.delete('')
  return new Map([...groups].map(([queue, own]) => [queue, queueCountOf(own)]))
}

function queueCountOf(entered: readonly Caller[]): QueueCount {
  const offered = entered.filter(({ story }) => story !== null)
  const answered = offered.filter(isAnswered)
  const of = (...fates: Fate[]) => offered.filter(({ fate }) => fates.includes(fate))
  const abandoned = of('abandoned, short', 'abandoned, long')
  const parts = answered.flatMap((caller) => caller.parts)
  return {
    entered: exactly(entered.length),
    offered: exactly(offered.length),
    answered: exactly(answered.length),
    abandoned: exactly(abandoned.length),
    short: sumOf(abandoned.map(({ wait }) => below(wait, SHORT_SECONDS))),
    timedOut: exactly(of('timed out').length),
    asked: exactly(of('virtual hold').length),
    withinLevel: sumOf(answered.map(({ wait }) => withinOf(wait, LEVEL_SECONDS))),
    withinService: sumOf(answered.map(({ whole }) => withinOf(whole, SERVICE_SECONDS))),
    waitSeconds: sumOf(answered.map(({ wait }) => rounded(wait))),
    handled: exactly(answered.length),
    talkSeconds: sumOf(parts.map(({ talk }) => talk)),
    holdSeconds: sumOf(parts.map(({ hold }) => hold)),
    waits: [...BOUNDS, Infinity].map((bound, bar) =>
      sumOf(answered.map(({ wait }) => inBar(wait, BOUNDS[bar - 1] ?? -Infinity, bound))),
    ),
  }
}

function withinOf(duration: Told | null, bound: number): Told {
  return duration === null ? exactly(1) : within(duration, bound)
}

function below(duration: Told | null, bound: number): Told {
  return duration === null ? NONE : within(duration, bound - 0.001)
}

/** The board adds whole seconds. */
function rounded(duration: Told | null): Told {
  if (duration === null) return NONE
  return { ...duration, low: duration.low - 0.5, high: duration.high + 0.5 }
}

function inBar(duration: Told | null, above: number, upTo: number): Told {
  if (duration === null) return NONE
  const [lower, inside] = [within(duration, above), within(duration, upTo)]
  return {
    best: inside.best - lower.best,
    low: Math.max(0, inside.low - lower.high),
    high: Math.min(1, inside.high - lower.low),
  }
}

/** Whom the hotline called back, by the phones; a customer whom an agent dialled by hand is none. */
function calledBack({ customers, rings, promised }: CountWitness): RingRecord[] {
  const asked = customers.filter(({ askedAt }) => askedAt !== null).map(({ number }) => number)
  const owed = new Set([...promised, ...asked])
  return rings.filter(({ number, heard }) => owed.has(number) && heard.length > 0)
}

function membersOf(
  callers: readonly Caller[],
  called: readonly RingRecord[],
): Map<string, MemberCount> {
  const calls = [
    ...callers.flatMap(({ parts }) => parts.map((part) => ({ ...part, taken: 1 }))),
    ...called.flatMap((ring) => partsOfRing(ring).map((part) => ({ ...part, taken: 0 }))),
  ]
  const byPhone = Map.groupBy(calls, ({ extension }) => extension)
  return new Map(
    [...byPhone].map(([extension, own]) => [
      extension,
      {
        taken: exactly(own.reduce((sum, { taken }) => sum + taken, 0)),
        handled: exactly(own.length),
        talkSeconds: sumOf(own.map(({ talk }) => talk)),
        holdSeconds: sumOf(own.map(({ hold }) => hold)),
        lastCallAt: about(Math.max(...own.map(({ endedAt }) => endedAt)) / 1000, 1.5),
      },
    ]),
  )
}

function partsOfRing({ heard, endedAt }: RingRecord): Part[] {
  return [...Map.groupBy(heard, ({ extension }) => extension)].map(([extension, own]) => ({
    extension,
    talk: about(
      own.reduce((sum, { from, to }) => sum + (to - from) / 1000, 0),
      1,
    ),
    hold: NONE,
    endedAt: endedAt ?? Math.max(...own.map(({ to }) => to)),
  }))
}

function fatesOf(callers: readonly Caller[], called: readonly RingRecord[]): Count['fates'] {
  const groups = Map.groupBy(callers, ({ fate }) => fate)
  const counted = [...groups].map(([fate, own]) => [fate, own.length] as const)
  return new Map<Fate | 'callback', number>([...counted, ['callback', called.length]])
}
