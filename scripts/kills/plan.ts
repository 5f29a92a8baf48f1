import { chanceOf, type Chance } from './chance.ts'

/** How many of each kind of a thousand calls. What a call becomes is decided by what happens to it. */
const WEIGHTS = [
  ['plain', 300],
  ['hold', 70],
  ['blind to agent', 75],
  ['blind to queue', 50],
  ['attended to agent', 75],
  ['attended to queue', 40],
  ['direct', 80],
  ['pickup', 60],
  ['abandon', 90],
  ['timeout', 50],
  ['callback', 60],
  ['outgoing', 30],
  ['internal', 20],
] as const

/** What the people of a call mean to do; the last ones happen in counted runs alone (`scripts/counts`). */
export type Intent =
  | (typeof WEIGHTS)[number][0]
  | 'left in notice'
  | 'virtual hold'
  | 'sent'
  | 'sent back'

/** One call that is going to be placed; times in milliseconds. */
export type PlannedCall = {
  readonly index: number
  readonly number: string
  readonly intent: Intent
  /** From the beginning of the run. */
  readonly atMs: number
  readonly ringMs: number
  readonly talkMs: number
  /** So long after the caller began to call no phone is answered. */
  readonly unansweredMs: number
  /** How long a caller waits who gives up or presses 1, from when the PBX took the call. */
  readonly patienceMs: number
  readonly endsBy: 'agent' | 'customer'
}

/** A process is killed and comes back. */
export type PlannedKill = { readonly atMs: number; readonly downMs: number }

/** What happens in a run; the same for the same seed. */
export type RunPlan = {
  readonly calls: readonly PlannedCall[]
  readonly serviceKills: readonly PlannedKill[]
  readonly pbxKills: readonly PlannedKill[]
}

/** How large a run is. */
export type RunSize = {
  readonly calls: number
  readonly serviceKills: number
  readonly pbxKills: number
  readonly seed: number
}

/** Agents' phones are busy two thirds of the time at this pace. */
const MEAN_GAP_MS = 1_350
/** Now and then so many customers call at once that the queue is full. */
const SURGE_CALLS = 20
const CALLS_PER_SURGE = 120

/** Decides all calls and kills of a run. */
export function planRun(size: RunSize): RunPlan {
  const chance = chanceOf(size.seed)
  const calls = planCalls(size.calls, chance)
  const lengthMs = calls.at(-1)?.atMs ?? 0
  const serviceKills = planKills(size.serviceKills, lengthMs, chance, [500, 7_000])
  const pbxKills = planKills(size.pbxKills, lengthMs, chance, [500, 5_000])
  return { calls, serviceKills, pbxKills: withBothDown(pbxKills, serviceKills) }
}

/** A customer's number that only this call has. */
export function numberOf(index: number): string {
  return `09${10_000_000 + index}`
}

function planCalls(count: number, chance: Chance): PlannedCall[] {
  const calls: PlannedCall[] = []
  let atMs = 0
  let surge = 0
  for (let index = 1; index <= count; index += 1) {
    const isSurge = surge > 0
    if (index % CALLS_PER_SURGE === CALLS_PER_SURGE / 2) surge = SURGE_CALLS
    atMs += isSurge ? 60 : chance.between(0.3, 1.7) * MEAN_GAP_MS
    if (isSurge) surge -= 1
    calls.push({
      index,
      number: numberOf(index),
      intent: isSurge ? 'plain' : chance.pick<Intent>(WEIGHTS),
      atMs: Math.round(atMs),
      ringMs: Math.round(chance.between(200, 2_200)),
      talkMs: Math.round(chance.between(2_500, 8_000)),
      unansweredMs: 0,
      patienceMs: Math.round(chance.between(800, 8_000)),
      endsBy: chance.next() < 0.5 ? 'agent' : 'customer',
    })
  }
  return calls
}

function planKills(
  count: number,
  lengthMs: number,
  chance: Chance,
  [shortest, longest]: readonly [number, number],
): PlannedKill[] {
  return Array.from({ length: count }, () => ({
    atMs: Math.round(chance.between(0.05, 0.97) * lengthMs),
    downMs: Math.round(chance.between(shortest, longest)),
  })).toSorted((one, two) => one.atMs - two.atMs)
}

/** Both are down at once in every run: the last kill of the PBX falls into one of the service. */
function withBothDown(
  pbxKills: readonly PlannedKill[],
  serviceKills: readonly PlannedKill[],
): PlannedKill[] {
  const service = serviceKills[Math.floor(serviceKills.length / 2)]
  const last = pbxKills.at(-1)
  if (service === undefined || last === undefined) return [...pbxKills]
  const both = { ...last, atMs: service.atMs + 400 }
  return [...pbxKills.slice(0, -1), both].toSorted((one, two) => one.atMs - two.atMs)
}
