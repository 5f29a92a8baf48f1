import { expect, test } from 'vitest'
import { isWorkingDay, workingDaysLeft } from './working-days.ts'

const rules = {
  profile: 'S',
  days: [
    { date: '2027-01-01', kind: 'holiday', name: 'Tết Dương lịch', confidence: 'A' },
    { date: '2027-01-08', kind: 'swap_off', name: 'Hoán đổi', confidence: 'C' },
    { date: '2027-01-16', kind: 'swap_work', name: 'Làm bù', confidence: 'C' },
  ],
} as const
const byGovernment = { ...rules, profile: 'G' } as const
/** Thursday, 22:30 in Việt Nam. */
const THURSDAY = Date.parse('2026-12-31T15:30:00.000Z')

test.each([
  ['the same day', '2026-12-31T16:59:59.999Z', 0],
  ['the next working day over a holiday and a weekend', '2027-01-04T16:59:59.999Z', 1],
  ['two weeks', '2027-01-14T16:59:59.999Z', 9],
  ['a day that is over', '2026-12-29T16:59:59.999Z', -2],
])('%s', (_, dueAt, left) => {
  expect(workingDaysLeft(dueAt, THURSDAY, rules)).toBe(left)
})

test('swapped days count only for who follows them', () => {
  expect([isWorkingDay('2027-01-08', rules), isWorkingDay('2027-01-08', byGovernment)]).toEqual([
    true,
    false,
  ])
  expect([isWorkingDay('2027-01-16', rules), isWorkingDay('2027-01-16', byGovernment)]).toEqual([
    false,
    true,
  ])
})
