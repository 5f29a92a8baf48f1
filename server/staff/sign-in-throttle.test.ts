import { expect, it } from 'vitest'
import {
  ACCOUNT_RULE,
  keysOf,
  networkOf,
  type ThrottleRule,
  waitSeconds,
  waitsOf,
} from './sign-in-throttle.ts'

const RULE: ThrottleRule = {
  free: 3,
  windowSeconds: 900,
  firstWaitSeconds: 5,
  longestWaitSeconds: 60,
}
const START = Date.parse('2026-11-22T03:00:00.000Z')
const FROM = { username: 'lan', network: '192.0.2.7', device: 'device:abc' }

it('doubles the wait up to its longest', () => {
  expect(waitsOf(RULE)).toEqual([5, 10, 20, 40, 60])
  expect(waitsOf(ACCOUNT_RULE)).toEqual([5, 10, 20, 40, 80, 160, 300])
})

it('counts the wait down to nothing', () => {
  const end = '2026-11-22T03:00:05.000Z'
  expect(waitSeconds(end, RULE, START)).toBe(5)
  expect(waitSeconds(end, RULE, START + 4001)).toBe(1)
  expect(waitSeconds(end, RULE, START + 5000)).toBe(0)
  expect(waitSeconds(null, RULE, START)).toBe(0)
})

it('takes no wait for longer than its longest: a clock that was wrong has written it', () => {
  expect(waitSeconds('2026-11-22T03:01:00.000Z', RULE, START)).toBe(60)
  expect(waitSeconds('2026-11-24T03:00:00.000Z', RULE, START)).toBe(0)
})

it('counts a known browser by itself alone', () => {
  const keys = keysOf({ ...FROM, knownBy: 'device' }).map(({ key }) => key)
  expect(keys).toEqual(['pair:lan|device:abc'])
})

function keysFor(knownBy: 'network' | null): string[] {
  return keysOf({ ...FROM, knownBy }).map(({ key }) => key)
}

it('counts the account from everywhere only for who comes from an unknown network', () => {
  expect(keysFor('network')).toEqual(['pair:lan|192.0.2.7', 'address:192.0.2.7'])
  expect(keysFor(null)).toEqual(['pair:lan|192.0.2.7', 'account:lan', 'address:192.0.2.7'])
})

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1::7', '2001:db8:0:1::/64'],
  ['2001:0DB8:0000:0001:aaaa:bbbb:cccc:dddd', '2001:db8:0:1::/64'],
  ['2001:db8::7', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['', ''],
])('takes %s for %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
