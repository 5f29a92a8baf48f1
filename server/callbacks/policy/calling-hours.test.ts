import { expect, test } from 'vitest'
import { type DayHours, mayCallAt } from './calling-hours.ts'

const DAY: DayHours = { from: '08:00', to: '21:00' }

test.each([
  // local times are seven hours later
  ['2026-11-23T00:59:59.999Z', false],
  ['2026-11-23T01:00:00.000Z', true],
  ['2026-11-23T13:59:59.999Z', true],
  ['2026-11-23T14:00:00.000Z', false],
  ['2026-11-22T22:20:00.000Z', false],
])('08:00-21:00 at %s: %s', (now, allowed) => {
  expect(mayCallAt(DAY, now)).toBe(allowed)
})

test('without hours customers are called at any time, and until midnight is the whole evening', () => {
  expect(mayCallAt(null, '2026-11-22T20:00:00.000Z')).toBe(true)
  expect(mayCallAt({ from: '08:00', to: '24:00' }, '2026-11-22T16:59:59.000Z')).toBe(true)
})
