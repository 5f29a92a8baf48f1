import { expect, test } from 'vitest'
import { about, agreed, exactly, isAsTold, sumOf, textOf, within } from './told.ts'

test('a duration is within a bound, beyond it, or may be either', () => {
  expect(within(about(18, 1), 20)).toEqual(exactly(1))
  expect(within(about(22, 1), 20)).toEqual(exactly(0))
  expect(within(about(20, 0), 20)).toEqual(exactly(1))
  expect(within(about(20.5, 1), 20)).toEqual({ best: 0, low: 0, high: 1 })
})

test('two witnesses narrow a figure down, and the first is believed where they contradict each other', () => {
  expect(agreed(about(8, 1), about(8.5, 0.25))).toEqual({ best: 8.5, low: 8.25, high: 8.75 })
  expect(agreed(about(8, 1), about(9.25, 0.5))).toEqual({ best: 9, low: 8.75, high: 9 })
  expect(agreed(about(8, 1), about(12, 0.3))).toEqual(about(8, 1))
})

test('a sum may be as much as its parts may be together', () => {
  expect(sumOf([about(8, 1), exactly(2), about(3, 0.5)])).toEqual({
    best: 13,
    low: 11.5,
    high: 14.5,
  })
  expect(sumOf([])).toEqual(exactly(0))
})

test('what is known to the call is equal or not; what is known to the second may be a second off', () => {
  expect([11, 12, 13].map((found) => isAsTold(exactly(12), found))).toEqual([false, true, false])
  expect([10, 11, 13, 14].map((found) => isAsTold(about(12, 1), found))).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('a figure is written with what else it may be', () => {
  expect([textOf(exactly(12)), textOf(about(8.64, 0.3))]).toEqual(['12', '8.6 (8.3 to 8.9)'])
})
