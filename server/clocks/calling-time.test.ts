import { describe, expect, it } from 'vitest'
import { afterCallingMs, callingMsBetween } from './calling-time.ts'

const HOURS = { from: '08:00', to: '21:00' }
const HOUR = 3_600_000
/** A moment in Vietnam, on 2026-11-<day>. */
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`).toISOString()

describe('time in the hours of calls', () => {
  it.each([
    [at(23, '09:00'), at(23, '11:30'), 2.5],
    [at(23, '07:00'), at(23, '09:00'), 1],
    [at(23, '20:00'), at(24, '09:00'), 2],
    [at(23, '21:00'), at(24, '08:00'), 0],
    [at(23, '12:00'), at(26, '12:00'), 39],
    [at(23, '12:00'), at(23, '11:00'), 0],
  ])('from %s to %s is %d hours', (from, to, hours) => {
    expect(callingMsBetween(HOURS, from, to)).toBe(hours * HOUR)
  })

  it.each([
    [at(23, '09:00'), 2, at(23, '11:00')],
    [at(23, '20:00'), 2, at(24, '09:00')],
    [at(23, '19:00'), 2, at(23, '21:00')],
    [at(23, '22:00'), 2, at(24, '10:00')],
    [at(23, '05:00'), 2, at(23, '10:00')],
    [at(23, '20:00'), 27, at(25, '21:00')],
  ])('%s and %d hours of calls later is %s', (from, hours, until) => {
    expect(afterCallingMs(HOURS, from, hours * HOUR)).toBe(until)
    expect(callingMsBetween(HOURS, from, until)).toBe(hours * HOUR)
  })

  it('runs to midnight where people are called until 24:00', () => {
    const late = { from: '18:00', to: '24:00' }
    expect(afterCallingMs(late, at(23, '23:00'), 2 * HOUR)).toBe(at(24, '19:00'))
  })
})
