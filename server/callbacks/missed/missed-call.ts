import type { MissedRule } from '#contract/casework/missed.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Call } from '../../calls/conversation/call.ts'

/** Who was missed longer ago, as while the service was away, has found another way by now. */
const CALLED_BACK_WITHIN_MS = 12 * 60 * 60_000

/** Unless an administrator decides otherwise. */
export const DEFAULT_RULE: MissedRule = 'one_a_day'

/** Under which name the rule of calls past the queues is kept; the dialplan's own word for them. */
export const DIRECT = 'direct'

export function ruleName(queue: string | null): string {
  return queue ?? DIRECT
}

/** The queue that a caller waited in, or was refused by. */
export function triedQueue({ queue, refusedBy }: Pick<Call, 'queue' | 'refusedBy'>): string | null {
  return queue ?? refusedBy ?? null
}

/**
 * Whether a customer called, nobody of us answered, and the call is over. Who asked for a callback is not
 * missed, nor who hung up in the notice, before anybody could have answered.
 */
export function isMissed(call: Call): boolean {
  if (call.outcome === 'asked' || call.outcome === 'left_in_notice') return false
  return call.direction === 'inbound' && call.endedAt !== null && call.answeredAt === null
}

/** Whether a missed caller may still be called back for this call. */
export function isYoung({ endedAt }: Pick<Call, 'endedAt'>, now: Instant): boolean {
  return endedAt !== null && Date.parse(now) - Date.parse(endedAt) < CALLED_BACK_WITHIN_MS
}
