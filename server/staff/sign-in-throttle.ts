import type { Instant } from '#contract/primitives.ts'
import { instantOfMs } from '../time.ts'

/** Failures of one account or one address. */
export interface ThrottleState {
  failures: number
  windowStartedAt: Instant
  blockedUntil: Instant | null
}

/** How many failures are free within the window, and how the wait grows after them. */
export interface ThrottleRule {
  free: number
  windowSeconds: number
  firstWaitSeconds: number
  longestWaitSeconds: number
}

/**
 * Guessing becomes slow, nobody is locked out for long: an attacker can keep an account waiting, not
 * closed. An address serves a whole office behind one router, so it has more room.
 */
export const ACCOUNT_RULE: ThrottleRule = {
  free: 5,
  windowSeconds: 900,
  firstWaitSeconds: 5,
  longestWaitSeconds: 300,
}
export const ADDRESS_RULE: ThrottleRule = {
  free: 40,
  windowSeconds: 900,
  firstWaitSeconds: 5,
  longestWaitSeconds: 300,
}

/** Seconds still to wait, 0 when a try is allowed now. */
export function waitSeconds(state: ThrottleState | null, nowMs: number): number {
  if (!state?.blockedUntil) return 0
  return Math.max(0, Math.ceil((Date.parse(state.blockedUntil) - nowMs) / 1000))
}

/** The state after one more failure: the wait doubles with each one beyond the free ones. */
export function afterFailure(
  state: ThrottleState | null,
  rule: ThrottleRule,
  nowMs: number,
): ThrottleState {
  const isOld =
    state === null || Date.parse(state.windowStartedAt) + rule.windowSeconds * 1000 <= nowMs
  const failures = isOld ? 1 : state.failures + 1
  const windowStartedAt = isOld ? instantOfMs(nowMs) : state.windowStartedAt
  const beyond = failures - rule.free
  if (beyond <= 0) return { failures, windowStartedAt, blockedUntil: null }
  const wait = Math.min(rule.firstWaitSeconds * 2 ** (beyond - 1), rule.longestWaitSeconds)
  return { failures, windowStartedAt, blockedUntil: instantOfMs(nowMs + wait * 1000) }
}
