import type { ClockKind, PauseReason } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { DayHours } from '../callbacks/policy/calling-hours.ts'
import { laterOf, plusMs } from '../time.ts'
import type { AlarmStep } from '#contract/casework/clocks.ts'
import { afterCallingMs, callingMsBetween } from './calling-time.ts'
import { CLOCK_RULES, type ClockLength } from './clock-rules.ts'

/** A wait that does not count; `to` is null while nobody knows its end, and may lie ahead. */
export interface Pause {
  from: Instant
  to: Instant | null
  why: PauseReason
}

/** How a clock stood when its ticket was closed; `kept` is null for a clock without an end. */
export interface FrozenResult {
  rawMs: number
  netMs: number
  kept: boolean | null
}

/** One running of one clock of a ticket (`process.md` §5). */
export interface TicketClock extends ClockLength {
  id: string
  ticketId: string
  kind: ClockKind
  loopNo: number
  startedAt: Instant
  /** Net of pauses; null while one is open whose end nobody knows. */
  dueAt: Instant | null
  pauses: readonly Pause[]
  stoppedAt: Instant | null
  stopReason: string | null
  frozen: FrozenResult | null
  /** The next alarm, null when none is left; it is kept while the clock stands. */
  alarm: AlarmStep | null
}

/** By what moments are counted: working days by the calendar, answers in the hours of calls. */
export interface ClockTime {
  workingDaysEnd: (from: Instant, days: number) => Instant
  callingHours: DayHours
}

export function isRunning(clock: TicketClock): boolean {
  return clock.stoppedAt === null
}

/** The pause that covers `at`, or null; of several the one that began first. */
export function pauseAt(clock: TicketClock, at: Instant): Pause | null {
  if (clock.stoppedAt !== null) return null
  return clock.pauses.find(({ from, to }) => from <= at && (to === null || to > at)) ?? null
}

/** From start to stop or `now`, in milliseconds: all of it, and without pauses and hours that do not count. */
export function elapsed(clock: TicketClock, now: Instant, time: ClockTime) {
  const end = laterOf(clock.stoppedAt ?? now, clock.startedAt)
  const rawMs = msBetween(clock.startedAt, end)
  let netMs = 0
  let from = clock.startedAt
  for (const pause of merged(clock.pauses)) {
    if (pause.from >= end) break
    netMs += countedMs(clock, from, pause.from, time)
    from = pause.to ?? end
  }
  if (from < end) netMs += countedMs(clock, from, end, time)
  return { rawMs, netMs }
}

/**
 * When `ms` of net time have gone by: an open pause has no end, so neither has what comes after it.
 */
export function momentAfter(clock: TicketClock, ms: number, time: ClockTime): Instant | null {
  let left = ms
  let from = clock.startedAt
  for (const pause of merged(clock.pauses)) {
    const counted = countedMs(clock, from, pause.from, time)
    if (counted >= left) break
    if (pause.to === null) return null
    left -= counted
    from = laterOf(from, pause.to)
  }
  return addCounted(clock, from, left, time)
}

/** When the clock is over; null for one that has no length, or while a pause is open. */
export function dueOf(clock: TicketClock, time: ClockTime): Instant | null {
  if (clock.workingDays !== null) return time.workingDaysEnd(clock.startedAt, clock.workingDays)
  return clock.lengthMs === null ? null : momentAfter(clock, clock.lengthMs, time)
}

/** Stops it; an earlier moment than its start counts as its start. A clock that stands is left alone. */
export function stopClock(clock: TicketClock, at: Instant, reason: string): TicketClock {
  if (clock.stoppedAt !== null) return clock
  const stoppedAt = laterOf(at, clock.startedAt)
  const pauses = clock.pauses.filter(({ from }) => from < stoppedAt)
  return {
    ...clock,
    stoppedAt,
    stopReason: reason,
    pauses: pauses.map((one) => ({ ...one, to: endOf(one, stoppedAt) })),
  }
}

/** It runs on as if it had never been stopped: its result was void. */
export function runOn(clock: TicketClock): TicketClock {
  return { ...clock, stoppedAt: null, stopReason: null, frozen: null }
}

/**
 * It waits from `at` on, until `to` when that is known. Clocks that this reason does not hold run on;
 * a reason that holds already gets the later end.
 */
export function pauseClock(clock: TicketClock, pause: Pause): TicketClock {
  const holds = CLOCK_RULES[clock.kind].pausedBy.includes(pause.why)
  if (!holds || clock.stoppedAt !== null) return clock
  if (pause.to !== null && pause.to <= pause.from) return clock
  const from = laterOf(pause.from, clock.startedAt)
  const isHeld = (one: Pause) => one.why === pause.why && (one.to === null || one.to > from)
  if (!clock.pauses.some(isHeld)) return { ...clock, pauses: [...clock.pauses, { ...pause, from }] }
  const pauses = clock.pauses.map((one) => (isHeld(one) ? { ...one, to: pause.to } : one))
  return { ...clock, pauses }
}

/** The wait for this reason is over; the others go on. */
export function resumeClock(clock: TicketClock, at: Instant, why: Pause['why']): TicketClock {
  if (clock.stoppedAt !== null) return clock
  const pauses = clock.pauses.map((one) =>
    one.why === why && (one.to === null || one.to > at) ? { ...one, to: endOf(one, at) } : one,
  )
  return { ...clock, pauses: pauses.filter(({ from, to }) => to === null || to > from) }
}

/** Keeps how it stands at `at`, stopping it first. */
export function freezeClock(clock: TicketClock, at: Instant, time: ClockTime): TicketClock {
  if (clock.frozen !== null) return clock
  const stopped = stopClock(clock, at, FROZEN)
  const due = stopped.workingDays === null ? dueOf(stopped, time) : stopped.dueAt
  const kept = due === null || stopped.stoppedAt === null ? null : stopped.stoppedAt <= due
  return { ...stopped, dueAt: due, frozen: { ...elapsed(stopped, at, time), kept } }
}

/** Why a clock stands that ran until its ticket was closed. */
export const FROZEN = 'frozen'

function endOf(pause: Pause, at: Instant): Instant {
  const end = pause.to === null || pause.to > at ? at : pause.to
  return laterOf(end, pause.from)
}

/** In order, those that overlap or touch as one: an outage during a question counts once. */
function merged(pauses: readonly Pause[]): { from: Instant; to: Instant | null }[] {
  const all: { from: Instant; to: Instant | null }[] = []
  for (const { from, to } of pauses.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = all.at(-1)
    if (last === undefined || (last.to !== null && last.to < from)) all.push({ from, to })
    else if (last.to !== null) last.to = to === null ? null : laterOf(last.to, to)
  }
  return all
}

function countedMs(clock: TicketClock, from: Instant, to: Instant, time: ClockTime): number {
  if (to <= from) return 0
  const hours = hoursOf(clock, time)
  return hours === null ? msBetween(from, to) : callingMsBetween(hours, from, to)
}

function addCounted(clock: TicketClock, from: Instant, ms: number, time: ClockTime): Instant {
  const hours = hoursOf(clock, time)
  return hours === null ? plusMs(from, ms) : afterCallingMs(hours, from, ms)
}

function hoursOf(clock: TicketClock, time: ClockTime): DayHours | null {
  return CLOCK_RULES[clock.kind].counts === 'calling_hours' ? time.callingHours : null
}

function msBetween(from: Instant, to: Instant): number {
  return Math.max(0, Date.parse(to) - Date.parse(from))
}
