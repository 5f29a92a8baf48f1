import { expect, test } from 'vitest'
import { callbackDueAt, nextCallbackFrom } from './callback-pace.ts'

const NOW = '2026-11-23T02:00:00.000Z' // 9:00 in Vietnam
const HOURS = { from: '08:00', to: '21:00' }
const pace = { perMinute: 4, hours: HOURS }

test.each([
  ['at once, when it is the first', null, NOW, NOW],
  ['when its turn is', '2026-11-23T02:00:15.000Z', NOW, '2026-11-23T02:00:15.000Z'],
  ['now, when its turn was while we were not running', '2026-11-23T01:00:00.000Z', NOW, NOW],
  ['next morning after hours', null, '2026-11-23T14:00:00.000Z', '2026-11-24T01:00:00.000Z'],
  ['at eight, when it is before', null, '2026-11-23T00:00:00.000Z', '2026-11-23T01:00:00.000Z'],
])('a released customer is called %s', (_name, earliest, now, dueAt) => {
  expect(callbackDueAt(earliest, now, pace)).toBe(dueAt)
})

test('four a minute are fifteen seconds apart', () => {
  expect(nextCallbackFrom(NOW, pace)).toBe('2026-11-23T02:00:15.000Z')
})
