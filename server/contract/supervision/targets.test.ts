import { expect, test } from 'vitest'
import { isMet, type Target, TARGET_RULES, targetOn, targetOrder } from './targets.ts'

const target = (value: number | null, from: string | null): Target => ({
  figure: 'serviceLevel',
  value,
  from,
  setBy: null,
  setAt: null,
})

test('a target counts from its day on, until the next one', () => {
  const items = [target(90, '2026-12-01'), target(80, null), target(null, '2027-01-01')]
  const on = (day: string) => targetOn(items, 'serviceLevel', day)?.value ?? null
  expect(['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'].map(on)).toEqual([
    80,
    90,
    90,
    null,
  ])
  expect(targetOn(items, 'kept', '2026-12-01')).toBeNull()
})

test.each([
  ['serviceLevel', 0.8, 80, true],
  ['serviceLevel', 0.799, 80, false],
  ['abandonRate', 0.05, 5, true],
  ['abandonRate', 0.051, 5, false],
  ['speedOfAnswer', 20, 20, true],
  ['speedOfAnswer', 20.5, 20, false],
  ['kept', null, 95, null],
  ['handling', 200, null, null],
] as const)('%s %s against %s', (figure, value, goal, met) => {
  expect(isMet(figure, value, goal)).toBe(met)
})

test('the regulator’s and DCNET’s own targets stand by default, others only once set', () => {
  const defaults = Object.entries(TARGET_RULES).map(([name, { byDefault }]) => [name, byDefault])
  expect(Object.fromEntries(defaults)).toEqual({
    serviceLevel: 80,
    serviceRate: 80,
    abandonRate: 5,
    speedOfAnswer: null,
    handling: null,
    occupancy: null,
    kept: 95,
  })
})

test.each([
  ['serviceLevel', 101, false],
  ['serviceLevel', 100, true],
  ['handling', 3600, true],
  ['handling', 3601, false],
] as const)('%s may be %s: %s', (figure, value, isRight) => {
  const order = { version: 0, figure, value, from: '2026-12-01' }
  expect(targetOrder.safeParse(order).success).toBe(isRight)
})
