import type { Caller, Known } from './told-caller.ts'

/** Written from README "Words" alone: nothing of how the service counts may be imported here. */
export interface Tally {
  offered: number
  answered: number
  abandoned: number
  short: number
  timedOut: number
  asked: number
  withinLevel: number
  waitSeconds: number
}

export const EMPTY: Readonly<Tally> = {
  offered: 0,
  answered: 0,
  abandoned: 0,
  short: 0,
  timedOut: 0,
  asked: 0,
  withinLevel: 0,
  waitSeconds: 0,
}

const VIETNAM_MS = 7 * 3_600_000

/** The date in Vietnam. */
export function dayOf(ms: number): string {
  return new Date(ms + VIETNAM_MS).toISOString().slice(0, 10)
}

/** What was known of a caller just before this moment; null: not heard of yet. */
export function knownBefore({ known }: Caller, ms: number): Known | null {
  const before = known.filter(({ heardMs }) => heardMs < ms)
  return before.toSorted((a, b) => a.heardMs - b.heardMs).at(-1) ?? null
}

/** What one caller counts as in the queue of first entry. */
export function tallyOf({ queue, enteredMs, becomes }: Known): Tally {
  if (queue === null) return EMPTY
  const offered = { ...EMPTY, offered: 1 }
  switch (becomes.is) {
    case 'waiting':
    case 'unserved':
      return offered
    case 'timed_out':
      return { ...offered, timedOut: 1 }
    case 'asked':
      return { ...offered, asked: 1 }
    case 'abandoned': {
      const isShort = becomes.atMs - enteredMs < 5_000
      return { ...offered, abandoned: 1, short: isShort ? 1 : 0 }
    }
    case 'answered': {
      const waitedMs = becomes.atMs - enteredMs
      const withinLevel = waitedMs <= 20_000 ? 1 : 0
      return { ...offered, answered: 1, withinLevel, waitSeconds: Math.round(waitedMs / 1000) }
    }
  }
}

export function plus(one: Tally, other: Tally): Tally {
  return {
    offered: one.offered + other.offered,
    answered: one.answered + other.answered,
    abandoned: one.abandoned + other.abandoned,
    short: one.short + other.short,
    timedOut: one.timedOut + other.timedOut,
    asked: one.asked + other.asked,
    withinLevel: one.withinLevel + other.withinLevel,
    waitSeconds: one.waitSeconds + other.waitSeconds,
  }
}

/** `2026-11-23 pbx1 hotline`. */
export function placeOf(day: string, pbxId: string, queue: string): string {
  return `${day} ${pbxId} ${queue}`
}

/** The sums by day of entry, PBX and queue of first entry, as they were known just before this moment. */
export function recountBefore(callers: readonly Caller[], ms: number): Map<string, Tally> {
  const sums = new Map<string, Tally>()
  for (const caller of callers) {
    const known = knownBefore(caller, ms)
    if (known === null || known.queue === null) continue
    const place = placeOf(dayOf(known.enteredMs), caller.pbxId, known.queue)
    sums.set(place, plus(sums.get(place) ?? EMPTY, tallyOf(known)))
  }
  return sums
}

/** What differs, as `answered 3 instead of 4`; empty when nothing does. */
export function differenceOf(found: Tally, expected: Tally): string {
  const wanted = new Map(Object.entries(expected))
  return Object.entries(found)
    .filter(([name, value]) => wanted.get(name) !== value)
    .map(([name, value]) => `${name} ${value} instead of ${wanted.get(name)}`)
    .join(', ')
}
