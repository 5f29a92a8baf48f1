import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { calendarDay, type CalendarProfile } from '#contract/calendar.ts'
import {
  addDays,
  addWorkingDays,
  deadlineOf,
  endlessBreak,
  endOfLocalDay,
  isWorkingDay,
  localDay,
  startOfLocalDay,
  type WorkingCalendar,
} from './working-days.ts'

const seedDays = z.array(calendarDay).parse(readJson('seed-days.json'))
const expectedDates = z.object({
  received: z.string(),
  statutory: z.string(),
  governmentSwaps: z.string(),
  withoutCultureDay: z.string(),
})
const vectors = z
  .object({
    twentyWorkingDays: z.array(
      expectedDates.extend({ day10: z.string(), skipped: z.array(z.string()) }),
    ),
    timeZone: z.array(z.object({ receivedAt: z.string(), dueOn: z.string() })),
    twoWorkingDays: z.array(expectedDates),
  })
  .parse(readJson('deadline-vectors.json'))

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
}

function aCalendar(change: Partial<WorkingCalendar> = {}): WorkingCalendar {
  const days = new Map(seedDays.map((day) => [day.date, day.kind]))
  return { days, cultureDayHoliday: true, profile: 'S', ...change }
}

describe('the published deadline vectors', () => {
  it.each(vectors.twentyWorkingDays)('20 working days from $received', (vector) => {
    const from = (days: number, calendar: WorkingCalendar, profile?: CalendarProfile) =>
      addWorkingDays(vector.received, days, calendar, profile)
    expect({
      day10: from(10, aCalendar()),
      statutory: from(20, aCalendar()),
      governmentSwaps: from(20, aCalendar(), 'G'),
      withoutCultureDay: from(20, aCalendar({ cultureDayHoliday: false })),
      skipped: deadlineOf(`${vector.received}T03:00:00.000Z`, 20, aCalendar()).skipped,
    }).toEqual({
      day10: vector.day10,
      statutory: vector.statutory,
      governmentSwaps: vector.governmentSwaps,
      withoutCultureDay: vector.withoutCultureDay,
      skipped: vector.skipped,
    })
  })

  it.each(vectors.twoWorkingDays)('2 working days from $received', (vector) => {
    expect(addWorkingDays(vector.received, 2, aCalendar())).toBe(vector.statutory)
    expect(addWorkingDays(vector.received, 2, aCalendar(), 'G')).toBe(vector.governmentSwaps)
    expect(addWorkingDays(vector.received, 2, aCalendar({ cultureDayHoliday: false }))).toBe(
      vector.withoutCultureDay,
    )
  })

  it.each(vectors.timeZone)('received at $receivedAt it is due on $dueOn', (vector) => {
    expect(deadlineOf(vector.receivedAt, 20, aCalendar()).dueOn).toBe(vector.dueOn)
  })
})

describe('the local day', () => {
  it('changes at 17:00 UTC', () => {
    expect(localDay('2026-02-12T16:59:59.999Z')).toBe('2026-02-12')
    expect(localDay('2026-02-12T17:00:00.000Z')).toBe('2026-02-13')
    expect(localDay('2026-12-31T17:00:00.000Z')).toBe('2027-01-01')
  })

  it('begins and ends at midnight in Vietnam', () => {
    expect(startOfLocalDay('2026-03-20')).toBe('2026-03-19T17:00:00.000Z')
    expect(endOfLocalDay('2026-03-20')).toBe('2026-03-20T16:59:59.999Z')
  })

  it('counts over the end of February in leap and common years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })
})

describe('a deadline', () => {
  it('is the last millisecond of the last working day', () => {
    expect(deadlineOf('2026-02-12T17:00:00.000Z', 20, aCalendar()).dueAt).toBe(
      '2026-03-20T16:59:59.999Z',
    )
  })

  it('of zero working days is today, or the next working day when today is none', () => {
    expect(addWorkingDays('2026-11-23', 0, aCalendar())).toBe('2026-11-23')
    expect(addWorkingDays('2026-11-22', 0, aCalendar())).toBe('2026-11-23')
  })

  it('names the swapped weekday among the skipped ones under profile G only', () => {
    const receivedAt = '2026-08-27T03:00:00.000Z'
    expect(deadlineOf(receivedAt, 3, aCalendar()).skipped).toEqual(['2026-09-01', '2026-09-02'])
    expect(deadlineOf(receivedAt, 3, aCalendar({ profile: 'G' })).skipped).toEqual([
      '2026-08-31',
      '2026-09-01',
      '2026-09-02',
    ])
  })

  it('is refused by a calendar that never works', () => {
    const days = new Map(
      Array.from({ length: 500 }, (_, i) => [addDays('2026-01-01', i), 'holiday' as const]),
    )
    expect(() => addWorkingDays('2026-01-01', 1, aCalendar({ days }))).toThrow('no working day')
  })
})

function holidays(count: number) {
  return new Map(
    Array.from({ length: count }, (_, i) => [addDays('2026-01-01', i), 'holiday' as const]),
  )
}

describe('a break without an end', () => {
  it('is named by its first day', () => {
    expect(endlessBreak(aCalendar({ days: holidays(500) }), 'S')).toBe('2026-01-01')
    expect(endlessBreak(aCalendar({ days: holidays(360) }), 'S')).toBeNull()
    expect(endlessBreak(aCalendar(), 'G')).toBeNull()
  })

  it('is found after an ordinary holiday, and under the profile that has it', () => {
    const swapped = new Map(
      Array.from({ length: 500 }, (_, i) => [addDays('2026-06-01', i), 'swap_off' as const]),
    )
    const days = new Map([['2026-01-01', 'holiday' as const], ...swapped])
    expect(endlessBreak(aCalendar({ days }), 'S')).toBeNull()
    expect(endlessBreak(aCalendar({ days }), 'G')).toBe('2026-06-01')
  })
})

describe('a day', () => {
  it.each([
    ['2026-11-23', 'S', true, 'an ordinary Monday'],
    ['2026-11-22', 'S', false, 'a Sunday'],
    ['2026-04-27', 'S', false, 'a compensatory day'],
    ['2026-08-22', 'S', false, 'a swapped Saturday under S'],
    ['2026-08-22', 'G', true, 'a swapped Saturday under G'],
    ['2026-08-31', 'S', true, 'a swapped Monday under S'],
    ['2026-08-31', 'G', false, 'a swapped Monday under G'],
  ] as const)('%s under profile %s is worked: %s (%s)', (date, profile, worked, _day) => {
    expect(isWorkingDay(date, aCalendar(), profile)).toBe(worked)
  })

  it('of culture is a holiday only while the switch is on, in every year', () => {
    for (const date of ['2026-11-24', '2027-11-24']) {
      expect(isWorkingDay(date, aCalendar({ cultureDayHoliday: true }))).toBe(false)
      expect(isWorkingDay(date, aCalendar({ cultureDayHoliday: false }))).toBe(true)
    }
  })
})
