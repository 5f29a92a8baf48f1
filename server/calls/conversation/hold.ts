import type { Instant } from '#contract/primitives.ts'
import { type Call } from './call.ts'
import { secondsBetween } from '../../time.ts'

/** Somebody pressed hold. News older than the last resume is late and changes nothing. */
export function beginHold(call: Call, at: Instant): Call {
  if (call.endedAt !== null || call.heldAt !== null) return call
  if (call.answeredAt === null || (call.resumedAt !== null && at <= call.resumedAt)) return call
  return { ...call, heldAt: at }
}

/** The hold is over: by resume, because its agent left, or because the call ended. */
export function endHold(call: Call, at: Instant): Call {
  if (call.heldAt === null || at < call.heldAt) return call
  return {
    ...call,
    heldAt: null,
    resumedAt: at,
    holdSeconds: call.holdSeconds + secondsBetween(call.heldAt, at),
  }
}
