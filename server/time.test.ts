import { expect, test } from 'vitest'
import { earlierOf, instantOfMs, laterOf, plusMs, plusSeconds, secondsBetween } from './time.ts'

const ONE = '2026-11-23T02:00:00.250Z'
const TWO = '2026-11-23T02:00:42.250Z'

test('epoch milliseconds become text as the platform writes them, in any order', () => {
  for (const ms of [
    0, 1, 999, 1_000, 1_795_342_958_596, 1_795_342_958_001, 999, 253_402_300_799_999,
  ])
    expect(instantOfMs(ms)).toBe(new Date(ms).toISOString())
})

test('parts of a millisecond are cut off', () => {
  expect(instantOfMs(1_999.9)).toBe('1970-01-01T00:00:01.999Z')
})

test('later and earlier by milliseconds and seconds', () => {
  expect(plusMs(ONE, 42_000)).toBe(TWO)
  expect(plusSeconds(ONE, 42)).toBe(TWO)
  expect(plusSeconds(TWO, -42)).toBe(ONE)
})

test('times that are out of order by a little are zero seconds apart', () => {
  expect(secondsBetween(TWO, ONE)).toBe(0)
  expect(secondsBetween(ONE, TWO)).toBe(42)
})

test('the earlier of two instants, where null is never, and the later', () => {
  expect(earlierOf(null, TWO)).toBe(TWO)
  expect(earlierOf(ONE, TWO)).toBe(ONE)
  expect(earlierOf(TWO, ONE)).toBe(ONE)
  expect(laterOf(ONE, TWO)).toBe(TWO)
  expect(laterOf(TWO, ONE)).toBe(TWO)
})
