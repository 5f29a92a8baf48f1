import { expect, it } from 'vitest'
import { reconnectDelayMs } from './reconnect-delay.ts'

it.each([
  [1, 250],
  [2, 500],
  [3, 1_000],
  [4, 2_000],
  [500, 2_000],
])('waits at attempt %i at most %i ms, and never more than two seconds', (failures, ms) => {
  expect(reconnectDelayMs(failures, false, 0)).toBe(ms)
  expect(reconnectDelayMs(failures, false, 1)).toBe(Math.round(ms * 0.75))
})

it('waits 45 to 60 s after a refused login, however few attempts there were', () => {
  expect(reconnectDelayMs(1, true, 0)).toBe(60_000)
  expect(reconnectDelayMs(1, true, 1)).toBe(45_000)
})
