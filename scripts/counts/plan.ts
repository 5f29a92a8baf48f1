import { type Chance, chanceOf } from '../kills/chance.ts'
import { type Intent, numberOf, type PlannedCall } from '../kills/plan.ts'

/** How large a counted run is, and how fast. Times in milliseconds. */
export type CountSize = {
  readonly calls: number
  readonly seed: number
  /** Between two calls, in the mean. */
  readonly gapMs: number
  /** Of the notice before the queue. */
  readonly noticeMs: number
  readonly ringMs: readonly [number, number]
  readonly talkMs: readonly [number, number]
  /** For how long phones only ring, of each call that waits long, in turn. */
  readonly longWaitsMs: readonly number[]
  /** Who gives up late does so after so long in the queue. */
  readonly patienceMs: readonly [number, number]
  /** The longest wait in the queue. */
  readonly waitSeconds: number
}

/** A call of the plan before its times: `waits long` is a plain call that nobody takes for a while. */
type Fate = Intent | 'waits long' | 'gives up early' | 'hangs up in the closing prompt'

/** How many of two hundred calls; in a smaller run each fate happens once at least. */
const SHARES: readonly (readonly [Fate, number])[] = [
  ['plain', 46],
  ['waits long', 20],
  ['hold', 14],
  ['blind to agent', 10],
  ['blind to queue', 8],
  ['attended to agent', 10],
  ['attended to queue', 6],
  ['direct', 14],
  ['pickup', 12],
  ['gives up early', 10],
  ['abandon', 10],
  ['timeout', 6],
  ['hangs up in the closing prompt', 2],
  ['left in notice', 6],
  ['virtual hold', 8],
  ['sent', 6],
  ['sent back', 4],
  ['callback', 6],
  ['outgoing', 1],
  ['internal', 1],
]
const SHARED = 200
/** From this call on twenty customers call at once, so that the queue is full. */
const SURGE = { from: 100, calls: 20, gapMs: 60 }
/** The first call rings alone for so long. */
const ALONE_MS = 800

/** Decides all calls of a counted run; the same for the same size and seed. */
export function planCounted(size: CountSize): PlannedCall[] {
  const chance = chanceOf(size.seed)
  const fates = pickupFirst(shuffled(fatesOf(size.calls), chance))
  let atMs = 0
  let longWaits = 0
  return fates.map((fate, place) => {
    const isSurge = place >= SURGE.from && place < SURGE.from + SURGE.calls
    atMs += isSurge ? SURGE.gapMs : chance.between(0.3, 1.7) * size.gapMs
    if (place === 1) atMs += ALONE_MS
    const waits =
      fate === 'waits long' ? size.longWaitsMs[longWaits++ % size.longWaitsMs.length] : 0
    return {
      index: place + 1,
      number: numberOf(place + 1),
      intent: intentOf(fate),
      atMs: Math.round(atMs),
      ringMs: whole(chance, size.ringMs),
      talkMs: whole(chance, size.talkMs),
      unansweredMs: waits ?? 0,
      patienceMs: patienceOf(fate, size, chance),
      endsBy: chance.next() < 0.5 ? 'agent' : 'customer',
    }
  })
}

/** Each fate as often as its share says; what is left over are plain calls. */
function fatesOf(calls: number): Fate[] {
  const fates = SHARES.flatMap(([fate, share]) => {
    const times = fate === 'plain' ? 0 : Math.max(1, Math.floor((share * calls) / SHARED))
    return Array.from({ length: times }, () => fate)
  })
  const plain = Array.from({ length: Math.max(1, calls - fates.length) }, () => 'plain' as const)
  return [...fates, ...plain]
}

/** `*8` takes any call that rings: once there is no other. */
function pickupFirst(fates: readonly Fate[]): Fate[] {
  const place = fates.indexOf('pickup')
  return [...fates.slice(place, place + 1), ...fates.toSpliced(place, 1)]
}

function intentOf(fate: Fate): Intent {
  if (fate === 'waits long') return 'plain'
  return fate === 'gives up early' || fate === 'hangs up in the closing prompt' ? 'abandon' : fate
}

/** From when the PBX takes the call, which it does before the notice. */
function patienceOf(fate: Fate, size: CountSize, chance: Chance): number {
  const { noticeMs, waitSeconds, patienceMs } = size
  if (fate === 'left in notice') return Math.round(noticeMs * chance.between(0.1, 0.4))
  const closingMs = waitSeconds * 1000
  const inQueue: Partial<Record<Fate, readonly [number, number]>> = {
    'gives up early': [600, 4_000],
    'virtual hold': [800, 4_000],
    'hangs up in the closing prompt': [closingMs + 700, closingMs + 1_700],
  }
  return Math.round(noticeMs) + whole(chance, inQueue[fate] ?? patienceMs)
}

function whole(chance: Chance, [low, high]: readonly [number, number]): number {
  return Math.round(chance.between(low, high))
}

function shuffled<Item>(items: readonly Item[], chance: Chance): Item[] {
  return items
    .map((item) => ({ item, at: chance.next() }))
    .toSorted((one, two) => one.at - two.at)
    .map(({ item }) => item)
}
