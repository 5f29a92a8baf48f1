import { expect, test } from 'vitest'
import { backOffMs, retryInMs } from './back-off.ts'

const backOff = { firstMs: 250, longestMs: 5000 }

test.each([
  [0, 250],
  [1, 250],
  [2, 500],
  [3, 1000],
  [5, 4000],
  [6, 5000],
  [2000, 5000],
])('after %i failures in a row the wait is %i ms', (failures, ms) => {
  expect(backOffMs(failures, backOff)).toBe(ms)
})

test.each([
  [1, 250],
  [2, 500],
  [3, null],
  [4, null],
])('a row that failed %i times waits %s ms; null means that it is set aside', (tries, ms) => {
  expect(retryInMs(tries, { ...backOff, mostTries: 3 })).toBe(ms)
})
