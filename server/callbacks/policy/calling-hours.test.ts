import { describe, expect, test } from 'vitest'
import { type DayHours, intoHours, mayCallAt, mayDialAt } from './calling-hours.ts'

const DAY: DayHours = { from: '07:00', to: '21:30' }
/** A moment in Vietnam, on 2026-11-<day>. */
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}+07:00`).toISOString()

test.each([
  [at(23, '06:59:59.999'), false, at(23, '07:00:00')],
  [at(23, '07:00:00'), true, at(23, '07:00:00')],
  [at(23, '21:29:59.999'), true, at(23, '21:29:59.999')],
  [at(23, '21:30:00'), false, at(24, '07:00:00')],
  [at(23, '23:59:59'), false, at(24, '07:00:00')],
  [at(24, '00:00:00'), false, at(24, '07:00:00')],
  [at(30, '22:00:00'), false, '2026-12-01T00:00:00.000Z'],
])('07:00-21:30 at %s: %s, and a promise due then is due at %s', (now, allowed, due) => {
  expect([mayCallAt(DAY, now), intoHours(DAY, now)]).toEqual([allowed, due])
})

test('until midnight is the whole evening, and day and night is always', () => {
  const night = at(23, '23:59:59')
  expect(intoHours({ from: '08:00', to: '24:00' }, night)).toBe(night)
  expect(intoHours({ from: '00:00', to: '24:00' }, at(24, '00:00:00'))).toBe(at(24, '00:00:00'))
})

describe('what the clock may dial at 22:10', () => {
  const now = at(23, '22:10:00')
  test.each([
    ['a promise of the day', false, at(23, '21:00:00'), false],
    ['one for this moment that nobody agreed on', false, now, false],
    ['one that was agreed for this moment', true, now, true],
    ['one that was agreed for half an hour ago less a moment', true, at(23, '21:40:00.001'), true],
    ['one that was agreed for half an hour ago', true, at(23, '21:40:00'), false],
  ])('%s: agreed %s, due %s: %s', (_what, agreed, dueAt, may) => {
    expect(mayDialAt(DAY, { agreed, dueAt }, now)).toBe(may)
  })
})
