import type { ClockKind } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { TicketKind } from '#contract/tickets.ts'
import type { ProcessEffect } from '../process/effect.ts'
import { armed, rearmed } from './alarm.ts'
import {
  type ClockTime,
  dueOf,
  freezeClock,
  FROZEN,
  isRunning,
  pauseClock,
  resumeClock,
  runOn,
  stopClock,
  type TicketClock,
} from './clock.ts'
import {
  CLOCK_RULES,
  type ClockLength,
  clocksOfKind,
  type ClockSettings,
  lengthOf,
} from './clock-rules.ts'

/** What is known of the ticket when its clocks change. */
export interface ClockContext {
  ticketId: string
  kind: TicketKind
  areaClass: string | null
  receivedAt: Instant
  loopNo: number
  /** It belongs to an outage that is open: stage clocks wait from their start. */
  inOutage: boolean
  now: Instant
  time: ClockTime
  settings: ClockSettings
  newId: () => string
}

type Clocks = readonly TicketClock[]

/** The ticket's clocks after the effects of one step of the process, in their order. */
export function afterEffects(
  clocks: Clocks,
  effects: readonly ProcessEffect[],
  reason: string,
  context: ClockContext,
): Clocks {
  return effects
    .filter(isClockEffect)
    .reduce((all, effect) => afterEffect(all, effect, reason, context), clocks)
}

const CLOCK_EFFECTS = [
  'start_clock',
  'stop_clock',
  'freeze_clocks',
  'thaw_clocks',
  'pause_clocks',
  'resume_clocks',
] as const satisfies readonly ProcessEffect['type'][]

type ClockEffect = Extract<ProcessEffect, { type: (typeof CLOCK_EFFECTS)[number] }>

function isClockEffect(effect: ProcessEffect): effect is ClockEffect {
  return CLOCK_EFFECTS.some((type) => type === effect.type)
}

function afterEffect(
  clocks: Clocks,
  effect: ClockEffect,
  reason: string,
  context: ClockContext,
): Clocks {
  const { now, time } = context
  switch (effect.type) {
    case 'start_clock':
      return started(clocks, effect.clock, effect.dueAt ?? null, context)
    case 'stop_clock':
      return stopped(clocks, effect.clock, effect.at ?? now, reason)
    case 'freeze_clocks':
      return clocks.map((one) => freezeClock(one, now, time))
    case 'thaw_clocks':
      return clocks.map(thawed).map((one) => rearmedIfRunning(one, context))
    case 'pause_clocks': {
      const pause = { from: now, to: effect.until, why: effect.why }
      return clocks.map((one) => withDue(pauseClock(one, pause), time))
    }
    case 'resume_clocks':
      return clocks.map((one) => withDue(resumeClock(one, now, effect.why), time))
  }
}

/**
 * A new running from now on, after the end of one that still runs. A clock of the whole ticket goes
 * on from its receipt when there is one; tickets of some kinds never have it.
 */
export function started(
  clocks: Clocks,
  kind: ClockKind,
  dueAt: Instant | null,
  context: ClockContext,
): Clocks {
  const { now, time } = context
  const { wholeTicket } = CLOCK_RULES[kind]
  if (wholeTicket && !clocksOfKind(context.kind).some((one) => one === kind)) return clocks
  if (wholeTicket && clocks.some((one) => one.kind === kind)) {
    return clocks.map((one) => (one.kind === kind ? rearmedIfRunning(runOn(one), context) : one))
  }
  const length = lengthFor(kind, dueAt, context)
  const fresh = newClock(kind, length, startOf(kind, context), context)
  const outage = { from: now, to: null, why: 'outage' } as const
  const clock = withDue(context.inOutage ? pauseClock(fresh, outage) : fresh, time)
  return [
    ...clocks.map((one) => (one.kind === kind ? stopClock(one, now, 'restarted') : one)),
    armed(clock, clock.startedAt, time),
  ]
}

/** A promise has another due moment; it began when it began. */
export function promiseMoved(clocks: Clocks, dueAt: Instant, context: ClockContext): Clocks {
  if (!clocks.some((one) => one.kind === 'promise' && isRunning(one))) {
    return started(clocks, 'promise', dueAt, context)
  }
  return clocks.map((one) => {
    if (one.kind !== 'promise' || !isRunning(one)) return one
    const lengthMs = Math.max(0, Date.parse(dueAt) - Date.parse(one.startedAt))
    return rearmedIfRunning({ ...one, lengthMs }, context)
  })
}

/** A call of the promise has begun: its clock stands until it is known whether the customer was called. */
export const promiseDialled = (clocks: Clocks, { now }: ClockContext): Clocks =>
  stopped(clocks, 'promise', now, DIALLED)

/** A call of the promise is over: one that called the customer is an attempt, all others are none. */
export function promiseTried(
  clocks: Clocks,
  { submittedAt, calledCustomer }: { submittedAt: Instant; calledCustomer: boolean },
  context: ClockContext,
): Clocks {
  return clocks.map((one) => {
    if (one.kind !== 'promise' || one.frozen !== null) return one
    if (!isRunning(one) && one.stopReason !== DIALLED) return one
    if (calledCustomer) return stopClock(runOn(one), submittedAt, 'attempted')
    return isRunning(one) ? one : rearmedIfRunning(runOn(one), context)
  })
}

/**
 * Stops what runs of this kind. A later answer or repair moves the stop of a clock of the whole
 * ticket: the last one counts, as long as the ticket was not closed.
 */
export function stopped(clocks: Clocks, kind: ClockKind, at: Instant, reason: string): Clocks {
  return clocks.map((one) => {
    if (one.kind !== kind) return one
    if (one.stopReason === DIALLED) return { ...one, stopReason: reason }
    const isLater = one.stoppedAt !== null && one.frozen === null && at > one.stoppedAt
    const mayMove = kind === 'overall' || kind === 'restoration'
    const moves = isLater && mayMove && one.stopReason !== OTHER_KIND
    return stopClock(moves ? runOn(one) : one, at, reason)
  })
}

/** The clocks of a ticket that was received; `acknowledgedAt` is when an agent had answered. */
export function opened(acknowledgedAt: Instant | null, context: ClockContext): Clocks {
  const clocks = clocksOfKind(context.kind).reduce<Clocks>(
    (all, kind) => started(all, kind, null, { ...context, now: context.receivedAt }),
    [],
  )
  return acknowledgedAt === null
    ? clocks
    : stopped(clocks, 'acknowledgement', acknowledgedAt, 'answered')
}

/** What the ticket is has changed: its kind decides which clocks it has, its area how long one runs. */
export function followed(clocks: Clocks, context: ClockContext): Clocks {
  const wanted = clocksOfKind(context.kind)
  const kept = clocks.map((one) => {
    if (!CLOCK_RULES[one.kind].wholeTicket) return one
    if (!wanted.some((kind) => kind === one.kind)) return stopClock(one, context.now, OTHER_KIND)
    const again = one.stopReason === OTHER_KIND ? runOn(one) : one
    if (!isRunning(again)) return again
    const length = lengthFor(one.kind, null, context)
    const differs = length.lengthMs !== one.lengthMs || again !== one
    return differs ? rearmedIfRunning({ ...again, ...length }, context) : one
  })
  return wanted.reduce<Clocks>(
    (all, kind) => (all.some((one) => one.kind === kind) ? all : started(all, kind, null, context)),
    kept,
  )
}

/** The ticket is part of another one from now on: none of its clocks runs; answers which did. */
export function mergedAway(clocks: Clocks, { now }: ClockContext) {
  const ids = clocks.filter(isRunning).map(({ id }) => id)
  return { ids, clocks: clocks.map((one) => stopClock(one, now, MERGED)) }
}

/**
 * The ticket is its own again: these run on as if they had never stopped, unless something else
 * stopped them. Of two promises the clock of the later one had stopped with its promise.
 */
export function comeBack(clocks: Clocks, ids: readonly string[], context: ClockContext): Clocks {
  return clocks.map((one) =>
    ids.includes(one.id) && (one.stopReason === MERGED || one.kind === 'promise')
      ? rearmedIfRunning(runOn(one), context)
      : one,
  )
}

/** The customer had reached us earlier: clocks of the whole ticket count from then. */
export function receiptMoved(clocks: Clocks, context: ClockContext): Clocks {
  return clocks.map((one) => {
    const counts = one.kind === 'overall' || one.kind === 'restoration'
    if (!counts || one.startedAt === context.receivedAt) return one
    return rearmedIfRunning({ ...one, startedAt: context.receivedAt }, context)
  })
}

const MERGED = 'merged'
const DIALLED = 'dialled'

/** Only alarms that lie ahead are left, as of clocks that nobody told of while they ran. */
export function rearmedAll(clocks: Clocks, { now, time }: ClockContext): Clocks {
  return clocks.map((one) => armed(one, now, time))
}

/** Its end by the rules of today; for those that run. */
export function withDue(clock: TicketClock, time: ClockTime): TicketClock {
  return isRunning(clock) ? { ...clock, dueAt: dueOf(clock, time) } : clock
}

const OTHER_KIND = 'kind'

function thawed(clock: TicketClock): TicketClock {
  const goesOn =
    clock.kind === 'overall' || (CLOCK_RULES[clock.kind].wholeTicket && clock.stopReason === FROZEN)
  if (goesOn && clock.stopReason !== OTHER_KIND) return runOn(clock)
  return { ...clock, frozen: null }
}

function rearmedIfRunning(clock: TicketClock, { now, time }: ClockContext): TicketClock {
  return isRunning(clock) ? rearmed(withDue(clock, time), now, time) : clock
}

/** An acknowledgement that a change of kind brings counts from the change, all else of the whole ticket from receipt. */
function startOf(kind: ClockKind, { now, receivedAt }: ClockContext): Instant {
  return kind === 'overall' || kind === 'restoration' ? receivedAt : now
}

function lengthFor(
  kind: ClockKind,
  dueAt: Instant | null,
  { now, areaClass, settings }: ClockContext,
): ClockLength {
  if (kind !== 'promise') return lengthOf(kind, areaClass, settings)
  const lengthMs = dueAt === null ? null : Math.max(0, Date.parse(dueAt) - Date.parse(now))
  return { lengthMs, workingDays: null }
}

function newClock(
  kind: ClockKind,
  length: ClockLength,
  startedAt: Instant,
  { ticketId, loopNo, newId }: ClockContext,
): TicketClock {
  const nothingYet = { dueAt: null, pauses: [], stoppedAt: null, stopReason: null }
  const identity = { id: newId(), ticketId, kind, loopNo, startedAt }
  return { ...identity, ...length, ...nothingYet, frozen: null, alarm: null }
}
