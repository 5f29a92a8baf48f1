import { z } from 'zod'
import { instant } from '../primitives.ts'
import { type Figure, handlingSeconds, ratio } from './figures.ts'

/** What the calls of one person add up to on a day: theirs and ours, callbacks among them. */
export const agentCounts = z.object({
  /** Customers' calls that they talked on, counted when their part is over; a callback is none. */
  taken: z.number().int(),
  /** Calls and callbacks on which their part is over. */
  handled: z.number().int(),
  /** Without holds. */
  talkSeconds: z.number().int(),
  holdSeconds: z.number().int(),
  /** From the end of talk until they were free again. */
  wrapUpSeconds: z.number().int(),
  /** When their last part ended; null: none is over yet. */
  lastCallAt: instant.nullable(),
})
export type AgentCounts = z.infer<typeof agentCounts>

/** Time in the queues on a day until `countedTo`; from then on it is still running when that is not null. */
export const agentTimes = z.object({
  /** In the queues, paused or not. */
  signedInSeconds: z.number().int(),
  /** Of it, on a pause; a rest after a call is work. */
  pausedSeconds: z.number().int(),
  /** Since when the state they are in has not been added yet; null: they are signed out. */
  running: z.object({ since: instant, isPaused: z.boolean() }).nullable(),
})
export type AgentTimes = z.infer<typeof agentTimes>

/** A person's day: calls and time in the queues. */
export const agentDay = agentCounts.extend({ times: agentTimes })
export type AgentDay = z.infer<typeof agentDay>

export const NO_PARTS: Readonly<AgentCounts> = {
  taken: 0,
  handled: 0,
  talkSeconds: 0,
  holdSeconds: 0,
  wrapUpSeconds: 0,
  lastCallAt: null,
}

export const NO_TIME: Readonly<AgentTimes> = {
  signedInSeconds: 0,
  pausedSeconds: 0,
  running: null,
}

export const NO_DAY: Readonly<AgentDay> = { ...NO_PARTS, times: NO_TIME }

/** `before` taken out of `all` and `after` put in. The last call is the newest of which is known. */
export function recountedAgent(
  all: AgentCounts,
  { before, after }: { before: AgentCounts; after: AgentCounts },
): AgentCounts {
  const changed = (name: Exclude<keyof AgentCounts, 'lastCallAt'>) =>
    all[name] - before[name] + after[name]
  const others = all.lastCallAt === before.lastCallAt ? null : all.lastCallAt
  return {
    taken: changed('taken'),
    handled: changed('handled'),
    talkSeconds: changed('talkSeconds'),
    holdSeconds: changed('holdSeconds'),
    wrapUpSeconds: changed('wrapUpSeconds'),
    lastCallAt: later(others, after.lastCallAt),
  }
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one > other ? one : other
}

/** Whole seconds signed in and paused until this moment. */
export function timesAt(times: AgentTimes, nowMs: number): { signedIn: number; paused: number } {
  const { running, signedInSeconds, pausedSeconds } = times
  if (running === null) return { signedIn: signedInSeconds, paused: pausedSeconds }
  const more = Math.max(0, Math.round((nowMs - Date.parse(running.since)) / 1000))
  return {
    signedIn: signedInSeconds + more,
    paused: pausedSeconds + (running.isPaused ? more : 0),
  }
}

/**
 * `occupancy` of one person or of several: (talk + hold + wrap-up, callbacks with them) ÷ (signed in −
 * paused), of calls only what is over. Whose calls took longer than they were there is left out until they
 * do not: they were there before anybody saw it, or talked on a pause or signed out. Null when nobody is left.
 */
export function occupancy(days: readonly AgentDay[], nowMs: number): Figure {
  let busy = 0
  let present = 0
  for (const day of days) {
    const { signedIn, paused } = timesAt(day.times, nowMs)
    const [own, there] = [handlingSeconds(day), signedIn - paused]
    if (own > there) continue
    busy += own
    present += there
  }
  return ratio(busy, present)
}
