import type { CallbackPromise, CallbackStatus } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../time.ts'

/** What a person may ask of a promise. */
export type CallbackAction = 'reschedule' | 'dial' | 'cancel'

/**
 * From which states a person may act. A promise being dialled is left alone until its attempt has
 * an outcome; `failed` waits for a person, so all three are open to it.
 */
const ACTIONS: Record<CallbackStatus, readonly CallbackAction[]> = {
  scheduled: ['reschedule', 'dial', 'cancel'],
  dialing: [],
  failed: ['reschedule', 'dial', 'cancel'],
  done: [],
  cancelled: [],
}

export function mayAct(status: CallbackStatus, action: CallbackAction): boolean {
  return ACTIONS[status].includes(action)
}

/** One sentence for the refusal: names the state, the action and why. */
export function whyNot(status: CallbackStatus, action: CallbackAction): string {
  const verb = { reschedule: 'rescheduled', dial: 'dialled', cancel: 'cancelled' }[action]
  switch (status) {
    case 'dialing':
      return `the promise is being dialled now and cannot be ${verb} before the attempt has ended`
    case 'done':
      return `the promise is kept (done) and cannot be ${verb}`
    case 'cancelled':
      return `the promise is cancelled and cannot be ${verb}`
    case 'scheduled':
    case 'failed':
      return `the promise cannot be ${verb}`
  }
}

/** States that still ask something of somebody: what the ledger shows as open. */
export const OPEN_STATUSES = [
  'scheduled',
  'dialing',
  'failed',
] as const satisfies readonly CallbackStatus[]

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
