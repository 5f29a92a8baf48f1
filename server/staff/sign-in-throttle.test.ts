import { expect, it } from 'vitest'
import {
  afterFailure,
  networkOf,
  type ThrottleRule,
  type ThrottleState,
  waitSeconds,
} from './sign-in-throttle.ts'

const RULE: ThrottleRule = {
  free: 3,
  windowSeconds: 900,
  firstWaitSeconds: 5,
  longestWaitSeconds: 60,
}
const START = Date.parse('2026-11-22T03:00:00.000Z')

function waitsAfter(failures: number): number[] {
  const waits: number[] = []
  let state: ThrottleState | null = null
  for (let n = 0; n < failures; n++) {
    state = afterFailure(state, RULE, START + n)
    waits.push(waitSeconds(state, START + n))
  }
  return waits
}

it('lets a few mistakes pass, then doubles the wait up to its longest', () => {
  expect(waitsAfter(9)).toEqual([0, 0, 0, 5, 10, 20, 40, 60, 60])
})

it('counts the wait down to nothing', () => {
  const state: ThrottleState = {
    failures: 4,
    windowStartedAt: '2026-11-22T03:00:00.000Z',
    blockedUntil: '2026-11-22T03:00:05.000Z',
  }
  expect(waitSeconds(state, START)).toBe(5)
  expect(waitSeconds(state, START + 4001)).toBe(1)
  expect(waitSeconds(state, START + 5000)).toBe(0)
  expect(waitSeconds(null, START)).toBe(0)
})

it('forgets after the window', () => {
  let state = afterFailure(null, RULE, START)
  for (let n = 0; n < 5; n++) state = afterFailure(state, RULE, START)
  const later = afterFailure(state, RULE, START + 900_000)
  expect(later).toEqual({
    failures: 1,
    windowStartedAt: '2026-11-22T03:15:00.000Z',
    blockedUntil: null,
  })
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
