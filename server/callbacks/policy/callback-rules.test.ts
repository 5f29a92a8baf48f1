import { expect, test } from 'vitest'
import { changedSettings, dialsOf, rulesOf, settingsOf, usualDueAt } from './callback-rules.ts'

const SETTINGS = {
  hoursFrom: '07:00',
  hoursTo: '21:30',
  delayMinutes: 30,
  retries: 2,
  customerFirstQueue: null,
}
/** A moment in Vietnam, on 2026-11-<day>. */
const at = (day: number, time: string) => new Date(`2026-11-${day}T${time}:00+07:00`).toISOString()

test.each([
  [at(23, '09:00'), SETTINGS, [at(23, '09:30'), at(23, '09:45'), at(23, '10:45')]],
  [at(23, '20:00'), SETTINGS, [at(23, '20:30'), at(23, '20:45'), at(24, '07:00')]],
  [at(23, '21:10'), { ...SETTINGS, retries: 0 }, [at(24, '07:00')]],
  [at(23, '03:00'), { ...SETTINGS, hoursFrom: '08:30', retries: 0 }, [at(23, '08:30')]],
])(
  'a promise made at %s under %j is dialled at %j while nobody answers',
  (now, settings, dials) => {
    const rules = rulesOf(settings)
    expect(dialsOf(rules, now)).toEqual(dials)
    expect(usualDueAt(rules, now)).toBe(dials[0])
    expect(settingsOf(rules)).toEqual(settings)
  },
)

test('of a change the audit keeps what differs', () => {
  const after = { ...SETTINGS, hoursTo: '20:00', retries: 1 }
  expect(changedSettings(SETTINGS, after)).toEqual({ hoursTo: '21:30 → 20:00', retries: '2 → 1' })
  const first = { ...SETTINGS, customerFirstQueue: 'hotline' }
  expect(changedSettings(SETTINGS, first)).toEqual({ customerFirstQueue: '- → hotline' })
})
