import { expect, test } from 'vitest'
import { memberStateAt, mostTelling, wrapUpEndsAt } from './member-state.ts'

const NOW = '2026-11-23T02:00:00.000Z'
const never = { lastCallAt: null, wrapUpSeconds: 15 }
const justNow = { lastCallAt: '2026-11-23T01:59:50.000Z', wrapUpSeconds: 15 }
const longAgo = { lastCallAt: '2026-11-23T01:59:45.000Z', wrapUpSeconds: 15 }

test.each([
  // device, paused, last call → state
  [0, false, never, 'ready'],
  [1, false, never, 'ready'],
  [1, false, longAgo, 'ready'],
  [1, false, justNow, 'wrap_up'],
  [1, true, never, 'paused'],
  [1, true, justNow, 'paused'],
  [2, false, never, 'in_call'],
  [2, true, never, 'in_call'],
  [3, false, never, 'in_call'],
  [4, false, never, 'unavailable'],
  [5, true, never, 'unavailable'],
  [6, false, never, 'ringing'],
  [7, false, never, 'in_call'],
  [8, false, never, 'in_call'],
] as const)('device %i, paused %s, last call %o → %s', (deviceStatus, paused, call, state) => {
  expect(memberStateAt({ deviceStatus, paused, ...call }, NOW)).toBe(state)
})

test('wrap-up ends by the last call’s end and the queue’s wrap-up time', () => {
  expect(wrapUpEndsAt(justNow)).toBe('2026-11-23T02:00:05.000Z')
  expect(wrapUpEndsAt(never)).toBeNull()
  expect(wrapUpEndsAt({ ...justNow, wrapUpSeconds: 0 })).toBeNull()
})

test('a phone of several queues is described by its most telling state', () => {
  expect(mostTelling(['paused', 'ready'])).toBe('ready')
  expect(mostTelling(['ready', 'in_call'])).toBe('in_call')
  expect(mostTelling([])).toBeNull()
})
