import type { CallbackPromise } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../time.ts'

/** Clocks of pages run a little behind: a due time this far in the past still means now. */
const PAST_TOLERANCE_MS = 60_000
const LATEST_MS = 30 * 24 * 60 * 60_000

export type Due = { dueAt: Instant } | { problem: string }

/** When a new promise falls due: what was asked for, else `delayMinutes` from now. */
export function dueOf(
  asked: Pick<CallbackPromise, 'inMinutes' | 'dueAt'>,
  now: Instant,
  delayMinutes: number,
): Due {
  if (asked.dueAt !== undefined) return checkDue(asked.dueAt, now)
  return { dueAt: plusMs(now, (asked.inMinutes ?? delayMinutes) * 60_000) }
}

/** A due time that a person chose: not in the past, not more than 30 days ahead. */
export function checkDue(dueAt: Instant, now: Instant): Due {
  const ahead = Date.parse(dueAt) - Date.parse(now)
  if (ahead < -PAST_TOLERANCE_MS) {
    return { problem: `${dueAt} is in the past: give a time after ${now}` }
  }
  if (ahead > LATEST_MS) {
    return { problem: `${dueAt} is more than 30 days ahead: give a time before then` }
  }
  return { dueAt: ahead < 0 ? now : dueAt }
}

/** Uniqueid of the agent's channel; queue_log keeps 80 characters. */
export function channelIdOf(attemptId: string, number: number): string {
  return `cb-${attemptId}-${number}`
}

/** Whether an attempt is on somebody's phone, and not on a place in a queue or on a customer alone. */
export function isPhone(extension: string): boolean {
  return /^\d/.test(extension)
}
