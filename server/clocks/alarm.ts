import type { ClockKind } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../time.ts'
import type { AlarmStep } from '#contract/casework/clocks.ts'
import { type ClockTime, dueOf, isRunning, momentAfter, type TicketClock } from './clock.ts'

const PROMISE_STEPS: readonly AlarmStep[] = ['minutes_10', 'minutes_5', 'due']
const STEPS: readonly AlarmStep[] = ['half', 'most', 'due', 'management']

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** The service dials a promise at its due moment: only one that nobody began to dial is told of. */
const DIALLED_WITHIN_MS = 5000

export function stepsOf(kind: ClockKind): readonly AlarmStep[] {
  return kind === 'promise' ? PROMISE_STEPS : STEPS
}

/** When this alarm is due; null while nobody knows. */
export function alarmMoment(clock: TicketClock, step: AlarmStep, time: ClockTime): Instant | null {
  if (step === 'half') return shareMoment(clock, 0.5, time)
  if (step === 'most') return shareMoment(clock, 0.8, time)
  const due = dueOf(clock, time)
  switch (step) {
    case 'minutes_10':
      return due && plusMs(due, -10 * MINUTE_MS)
    case 'minutes_5':
      return due && plusMs(due, -5 * MINUTE_MS)
    case 'due':
      return due && clock.kind === 'promise' ? plusMs(due, DIALLED_WITHIN_MS) : due
    case 'management':
      return due && plusMs(due, DAY_MS)
  }
}

/** Clocks in working days: at the end of day ⌈n·share⌉. */
function shareMoment(clock: TicketClock, share: number, time: ClockTime): Instant | null {
  const { workingDays, lengthMs } = clock
  if (workingDays !== null) {
    return time.workingDaysEnd(clock.startedAt, Math.ceil(workingDays * share))
  }
  return lengthMs === null ? null : momentAfter(clock, lengthMs * share, time)
}

/** The moment of the next alarm; null when none is left or the clock stands. */
export function nextAlarmAt(clock: TicketClock, time: ClockTime): Instant | null {
  if (!isRunning(clock) || clock.alarm === null) return null
  return alarmMoment(clock, clock.alarm, time)
}

/** Its first alarm after `after`: what has passed before it began is not told. */
export function armed(clock: TicketClock, after: Instant, time: ClockTime): TicketClock {
  const alarm = stepsOf(clock.kind).find((step) => {
    const at = alarmMoment(clock, step, time)
    return at === null || at > after
  })
  return { ...clock, alarm: alarm ?? null }
}

/**
 * After its end has moved: an alarm that lies ahead again is told again, one that was waiting is
 * not lost.
 */
export function rearmed(clock: TicketClock, now: Instant, time: ClockTime): TicketClock {
  const ahead = armed(clock, now, time)
  const steps = stepsOf(clock.kind)
  const place = (step: AlarmStep | null) => (step === null ? steps.length : steps.indexOf(step))
  return place(clock.alarm) < place(ahead.alarm) ? clock : ahead
}

/** One alarm of a clock that goes out. */
export interface AlarmRung {
  /** The latest one that is due: what people read. */
  step: AlarmStep
  /** When it was due. */
  at: Instant
  /** All that are told by it: those before it were missed while nobody looked. */
  steps: readonly AlarmStep[]
}

/**
 * What is to be told at `now`, and the clock with the alarm after it. Of several that were missed
 * only the latest is told, to the people of each.
 */
export function rung(
  clock: TicketClock,
  now: Instant,
  time: ClockTime,
): { rang: AlarmRung | null; clock: TicketClock } {
  const steps = stepsOf(clock.kind)
  const from = clock.alarm === null || !isRunning(clock) ? steps.length : steps.indexOf(clock.alarm)
  const due: { step: AlarmStep; at: Instant }[] = []
  for (const step of steps.slice(from)) {
    const at = alarmMoment(clock, step, time)
    if (at === null || at > now) break
    due.push({ step, at })
  }
  const last = due.at(-1)
  if (last === undefined) return { rang: null, clock }
  const alarm = steps[from + due.length] ?? null
  return {
    rang: { ...last, steps: due.map(({ step }) => step) },
    clock: { ...clock, alarm },
  }
}
