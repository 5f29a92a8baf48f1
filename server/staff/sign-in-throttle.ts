import type { Instant } from '#contract/primitives.ts'

/** How many failures are free within the window, and how the wait grows after them. */
export interface ThrottleRule {
  free: number
  windowSeconds: number
  firstWaitSeconds: number
  longestWaitSeconds: number
}

const SLOWLY = { windowSeconds: 900, firstWaitSeconds: 5, longestWaitSeconds: 300 }

/**
 * Guessing becomes slow, and whom it slows down is the guesser: an account's failures from everywhere
 * count only for who comes from where its owner never signed in. An address serves a whole office
 * behind one router, so it has more room.
 */
export const ACCOUNT_RULE: ThrottleRule = { ...SLOWLY, free: 5 }
export const ADDRESS_RULE: ThrottleRule = { ...SLOWLY, free: 40 }

/** For how long an earlier sign-in makes its browser and network known. */
export const REMEMBERED_DAYS = 90

/** What is known of where a try comes from: a browser or a network of an earlier sign-in, or neither. */
export type KnownBy = 'device' | 'network' | null

export interface TryFrom {
  username: string
  /** As `networkOf` has it. */
  network: string
  /** The hash of the browser's own cookie; null when it has none. */
  device: string | null
  knownBy: KnownBy
}

/** What a try is counted under, always in this order, so that two tries never wait for each other. */
export interface CountedKey {
  key: string
  rule: ThrottleRule
}

/**
 * A known browser answers for itself alone. From a known network the account is counted there, from
 * an unknown one everywhere; both count on the network, whoever they name.
 */
export function keysOf({ username, network, device, knownBy }: TryFrom): CountedKey[] {
  if (knownBy === 'device') return [{ key: `pair:${username}|${device}`, rule: ACCOUNT_RULE }]
  const pair = { key: `pair:${username}|${network}`, rule: ACCOUNT_RULE }
  const account = { key: `account:${username}`, rule: ACCOUNT_RULE }
  const address = { key: `address:${network}`, rule: ADDRESS_RULE }
  return knownBy === 'network' ? [pair, address] : [pair, account, address]
}

/** The waits of a rule in the order of failures beyond the free ones; the last one stays. */
export function waitsOf(rule: ThrottleRule): number[] {
  const waits: number[] = []
  for (let wait = rule.firstWaitSeconds; wait < rule.longestWaitSeconds; wait *= 2) waits.push(wait)
  return [...waits, rule.longestWaitSeconds]
}

/**
 * Seconds still to wait, 0 when a try is allowed now. An end beyond the longest wait was written by
 * a clock that has been set right since: it says nothing.
 */
export function waitSeconds(
  blockedUntil: Instant | null,
  rule: ThrottleRule,
  nowMs: number,
): number {
  if (blockedUntil === null) return 0
  const seconds = Math.ceil((Date.parse(blockedUntil) - nowMs) / 1000)
  return seconds > rule.longestWaitSeconds ? 0 : Math.max(0, seconds)
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
