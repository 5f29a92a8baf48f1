import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { calendarDay, type CalendarDay } from '#contract/calendar.ts'
import {
  calendarWarnings,
  coveredYears,
  isProvisional,
  warningText,
  yearCoverage,
} from './year-coverage.ts'

const seeded = z
  .array(calendarDay)
  .parse(JSON.parse(readFileSync(new URL('seed-days.json', import.meta.url), 'utf8')))

function holiday(date: string, confidence: CalendarDay['confidence'] = 'A'): CalendarDay {
  return { date, kind: 'holiday', name: 'x', confidence }
}

describe('the holidays of a year', () => {
  it.each([
    [2024, 'confirmed'],
    [2026, 'confirmed'],
    [2027, 'projected'],
    [2028, 'missing'],
    [2023, 'missing'],
  ] as const)('of %i are %s in the days that come with the program', (year, coverage) => {
    expect(yearCoverage(year, seeded)).toBe(coverage)
  })

  it('are missing while only the days are there that are the same each year', () => {
    const fixed = ['01-01', '04-30', '05-01', '09-02', '11-24'].map((day) => holiday(`2028-${day}`))
    expect(yearCoverage(2028, fixed)).toBe('missing')
  })

  it('are projected until National Day is there too', () => {
    expect(yearCoverage(2028, [holiday('2028-01-26')])).toBe('projected')
    expect(yearCoverage(2028, [holiday('2028-01-26'), holiday('2028-09-01')])).toBe('confirmed')
    expect(yearCoverage(2028, [holiday('2028-01-26', 'D'), holiday('2028-09-01')])).toBe(
      'projected',
    )
  })
})

it('a period is provisional when any of its years has no Tết in the calendar', () => {
  const covered = coveredYears(seeded)
  expect(isProvisional('2026-12-20', '2027-01-18', covered)).toBe(false)
  expect(isProvisional('2027-12-20', '2028-01-17', covered)).toBe(true)
  expect(isProvisional('2028-01-20', '2028-02-17', covered)).toBe(true)
})

describe('the calendar warns', () => {
  it.each([
    ['2027-06-30', [{ year: 2027, coverage: 'projected' }]],
    [
      '2027-07-01',
      [
        { year: 2027, coverage: 'projected' },
        { year: 2028, coverage: 'missing' },
      ],
    ],
    ['2026-09-30', []],
    ['2026-10-01', [{ year: 2027, coverage: 'projected' }]],
    ['2025-12-31', []],
  ])('on %s of %j', (today, warnings) => {
    expect(calendarWarnings(seeded, today)).toEqual(warnings)
  })

  it('in words that say what to enter', () => {
    expect(warningText({ year: 2028, coverage: 'missing' })).toContain('no Tết of 2028')
    expect(warningText({ year: 2027, coverage: 'projected' })).toContain('2027 are not confirmed')
  })
})
