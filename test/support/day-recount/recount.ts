import type { Caller, Known, Part } from './told-caller.ts'

/** Written from README "Words" alone: nothing of how the service counts may be imported here. */
export interface Tally {
  entered: number
  offered: number
  answered: number
  abandoned: number
  short: number
  timedOut: number
  asked: number
  withinLevel: number
  withinService: number
  waitSeconds: number
  handled: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  waits: number[]
}

export const EMPTY: Readonly<Tally> = {
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

/** What one caller counts as in the queue of first entry, as it was known just before this moment. */
export function tallyOf(caller: Caller, known: Known, ms: number): Tally {
  const { queue, enteredMs, becomes } = known
  if (queue === null) return EMPTY
  const entered = { ...EMPTY, entered: 1 }
  const offered = { ...entered, offered: 1 }
  switch (becomes.is) {
    case 'never_in_queue':
      return entered
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
      const bar = [5, 10, 20, 30, 60, 120, 300].filter((bound) => waitedMs > bound * 1000).length
      return {
        ...offered,
        answered: 1,
        withinLevel: waitedMs <= 20_000 ? 1 : 0,
        withinService: becomes.atMs - caller.beginsMs <= 60_000 ? 1 : 0,
        waitSeconds: Math.round(waitedMs / 1000),
        waits: EMPTY.waits.map((_, index) => (index === bar ? 1 : 0)),
        ...(caller.overHeardMs < ms ? handledBy(caller.parts.filter(isKnownBefore(ms)), ms) : {}),
      }
    }
  }
}

const isKnownBefore = (ms: number) => (part: Part) => part.heardFromMs < ms

/** With the rests after parts on phones of which anything is shown; who starts anew in one never knows it. */
export function withRests(callers: readonly Caller[], restartMs: number): Caller[] {
  const shown = callers.flatMap(({ parts }) => parts).filter(({ freeMs }) => freeMs !== null)
  const rests = new Map<Part, Part['rest']>()
  for (const own of Map.groupBy(shown, ({ phone }) => phone).values()) {
    const inOrder = own.toSorted((a, b) => a.fromMs - b.fromMs)
    for (const [index, part] of inOrder.entries()) {
      const rest = restBetween(part, inOrder[index + 1])
      const isLost = part.heardToMs < restartMs && restartMs <= rest.knownMs
      rests.set(part, isLost ? null : rest)
    }
  }
  return callers.map((caller) => ({
    ...caller,
    parts: caller.parts.map((part) => ({ ...part, rest: rests.get(part) ?? null })),
  }))
}

function restBetween({ toMs, freeMs }: Part, next: Part | undefined) {
  const until = freeMs ?? toMs
  const isCut = next !== undefined && next.fromMs < until
  const seconds = Math.round(((isCut ? next.fromMs : until) - toMs) / 1000)
  return { seconds, knownMs: isCut ? next.heardToMs : until }
}

function handledBy(parts: readonly Part[], ms: number) {
  const over = parts.filter(({ heardToMs }) => heardToMs < ms)
  const holdSeconds = over.reduce((sum, part) => sum + part.holdSeconds, 0)
  const seconds = over.reduce(
    (sum, { fromMs, toMs }) => sum + Math.round((toMs - fromMs) / 1000),
    0,
  )
  const rests = over.flatMap(({ rest }) => (rest !== null && rest.knownMs < ms ? rest.seconds : []))
  const wrapUpSeconds = rests.reduce((sum, rest) => sum + rest, 0)
  return { handled: 1, talkSeconds: seconds - holdSeconds, holdSeconds, wrapUpSeconds }
}

/** What the calls of a day add up to for whoever has a phone. */
export interface PhoneTally {
  taken: number
  handled: number
  talkSeconds: number
  holdSeconds: number
  wrapUpSeconds: number
  lastCallAt: string | null
}

/** Per phone, of the calls that entered on this day. */
export function recountPhones(
  callers: readonly Caller[],
  day: string,
  ms: number,
): Map<string, PhoneTally> {
  const sums = new Map<string, PhoneTally>()
  for (const caller of callers) {
    const known = knownBefore(caller, ms)
    if (known === null || dayOf(known.enteredMs) !== day) continue
    const parts = caller.parts.filter(isKnownBefore(ms))
    for (const [phone, own] of Map.groupBy(parts, (part) => part.phone)) {
      const over = own.filter(({ heardToMs }) => heardToMs < ms)
      if (over.length === 0) continue
      const { handled, ...times } = handledBy(over, ms)
      const last = new Date(Math.max(...over.map(({ toMs }) => toMs))).toISOString()
      const sum = sums.get(phone) ?? NOBODY
      sums.set(phone, {
        taken: sum.taken + 1,
        handled: sum.handled + handled,
        talkSeconds: sum.talkSeconds + times.talkSeconds,
        holdSeconds: sum.holdSeconds + times.holdSeconds,
        wrapUpSeconds: sum.wrapUpSeconds + times.wrapUpSeconds,
        lastCallAt: (sum.lastCallAt ?? '') > last ? sum.lastCallAt : last,
      })
    }
  }
  return sums
}

export const NOBODY: Readonly<PhoneTally> = {
  taken: 0,
  handled: 0,
  talkSeconds: 0,
  holdSeconds: 0,
  wrapUpSeconds: 0,
  lastCallAt: null,
}

export function plus(one: Tally, other: Tally): Tally {
  return {
    entered: one.entered + other.entered,
    offered: one.offered + other.offered,
    answered: one.answered + other.answered,
    abandoned: one.abandoned + other.abandoned,
    short: one.short + other.short,
    timedOut: one.timedOut + other.timedOut,
    asked: one.asked + other.asked,
    withinLevel: one.withinLevel + other.withinLevel,
    withinService: one.withinService + other.withinService,
    waitSeconds: one.waitSeconds + other.waitSeconds,
    handled: one.handled + other.handled,
    talkSeconds: one.talkSeconds + other.talkSeconds,
    holdSeconds: one.holdSeconds + other.holdSeconds,
    wrapUpSeconds: one.wrapUpSeconds + other.wrapUpSeconds,
    waits: one.waits.map((count, bar) => count + (other.waits[bar] ?? 0)),
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
    sums.set(place, plus(sums.get(place) ?? EMPTY, tallyOf(caller, known, ms)))
  }
  return sums
}

/** What differs, as `answered 3 instead of 4`; empty when nothing does. */
export function differenceOf<T extends Tally | PhoneTally>(found: T, expected: T): string {
  const told = new Map(Object.entries(found))
  return Object.entries(expected)
    .filter(([name, value]) => String(told.get(name)) !== String(value))
    .map(([name, value]) => `${name} ${String(told.get(name))} instead of ${String(value)}`)
    .join(', ')
}
