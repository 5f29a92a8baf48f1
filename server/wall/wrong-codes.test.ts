import { expect, test } from 'vitest'
import { FREE_TRIES, noteWrong, waitOf, type WrongCodes } from './wrong-codes.ts'

const MINUTE = 60_000
const HOME = '192.0.2.1'

function wrongTimes(count: number, network = HOME, nowMs = 0): WrongCodes {
  let wrong: WrongCodes = new Map()
  for (let n = 0; n < count; n += 1) wrong = noteWrong(wrong, network, nowMs)
  return wrong
}

test.each([
  ['nobody has to wait at first', 0, 0, 0],
  ['one below the limit', FREE_TRIES - 1, 0, 0],
  ['at the limit, for the rest of the quarter of an hour', FREE_TRIES, 5 * MINUTE, 600],
  ['and no longer', FREE_TRIES, 15 * MINUTE, 0],
])('%s', (_, count, nowMs, seconds) => {
  expect(waitOf(wrongTimes(count), HOME, nowMs)).toBe(seconds)
})

test('another network does not wait', () => {
  expect(waitOf(wrongTimes(FREE_TRIES), '192.0.2.2', 0)).toBe(0)
})

test('after the time a wrong code is the first one again', () => {
  const later = noteWrong(wrongTimes(FREE_TRIES), HOME, 15 * MINUTE)
  expect(waitOf(later, HOME, 15 * MINUTE)).toBe(0)
})

test('a crowd of networks does not fill the memory', () => {
  let wrong = wrongTimes(1)
  for (let n = 0; n < 1500; n += 1) wrong = noteWrong(wrong, `net-${n}`, n)
  expect(wrong.size).toBe(1000)
  expect(wrong.has(HOME)).toBe(false)
})
