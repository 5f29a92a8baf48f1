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

/**
 * What counts as one address: of IPv6 the network (`2001:db8:0:1::/64`), because one subscriber has
 * all of it to choose from.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  return `${groups.slice(0, 4).join(':')}::/64`
}

/** The groups of a part of an IPv6 address without leading zeros; a dotted end counts as two. */
function groupsOf(part: string): string[] {
  return part
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : [group.replace(/^0+(?=.)/, '')]))
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
