import { expect, test } from 'vitest'
import { retryAt, retryInProcess } from './retry-policy.ts'

const HOURS = { from: '07:00', to: '21:30' }
/** A moment in Vietnam, on 2026-11-<day>. */
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`).toISOString()

test.each([
  ['no_answer', 0, at(23, '09:15')],
  ['no_answer', 1, at(23, '10:00')],
  ['no_answer', 2, at(23, '10:00')],
  ['rejected', 0, at(23, '09:15')],
  ['rejected', 1, at(23, '10:00')],
  ['busy', 0, at(23, '09:05')],
  ['busy', 1, at(23, '09:05')],
  ['not_accepted', 0, at(23, '09:15')],
  ['not_accepted', 1, at(23, '10:00')],
  ['left_waiting', 0, at(23, '09:05')],
  ['left_waiting', 1, at(23, '09:05')],
  ['trunk_fault', 0, at(23, '09:02')],
  ['pbx_lost', 1, at(23, '09:02')],
] as const)(
  'after %s and %i retries at 9:00 the customer is tried at %s',
  (outcome, retries, due) => {
    expect(retryAt(HOURS, { outcome, retries, endedAt: at(23, '09:00') })).toBe(due)
  },
)

test('what would be tried after the hours is tried the next morning', () => {
  const endedAt = at(23, '21:00')
  expect(retryAt(HOURS, { outcome: 'no_answer', retries: 0, endedAt })).toBe(at(23, '21:15'))
  expect(retryAt(HOURS, { outcome: 'no_answer', retries: 1, endedAt })).toBe(at(24, '07:00'))
})

test.each([
  ['no_answer', at(23, '09:00'), at(23, '09:15')],
  [null, at(23, '09:00'), at(23, '09:15')],
  ['busy', at(23, '09:00'), at(23, '09:05')],
  ['left_waiting', at(23, '09:00'), at(23, '09:05')],
  ['not_accepted', at(23, '09:00'), at(23, '09:15')],
  ['no_answer', at(23, '21:20'), at(24, '07:00')],
] as const)('row 8 after %s at %s calls again at %s', (outcome, now, due) => {
  const dueAt = new Date(Date.parse(now) + 15 * 60_000).toISOString()
  expect(retryInProcess(HOURS, outcome, { now, dueAt })).toBe(due)
})
