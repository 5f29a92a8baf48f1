import { describe, expect, test } from 'vitest'
import {
  daysAfter,
  formatClock,
  formatDateTime,
  formatNumber,
  formatShort,
  instantAt,
  isDay,
  localDay,
  parseLocalDateTime,
  parseTimeOfDay,
} from './local-time.ts'

const evening = '2026-11-22T17:05:09.000Z'

test('instants are shown in Việt Nam time, day before month', () => {
  expect(formatDateTime(evening)).toBe('23/11/2026 00:05')
  expect(formatClock(evening)).toBe('00:05:09')
})

test('the local day changes at 17:00 UTC', () => {
  expect(localDay(Date.parse('2026-11-22T16:59:59.999Z'))).toBe('2026-11-22')
  expect(localDay(Date.parse('2026-11-22T17:00:00.000Z'))).toBe('2026-11-23')
})

test('a time of today is short, another day carries its date', () => {
  expect(formatShort(evening, Date.parse('2026-11-23T01:00:00.000Z'))).toBe('00:05')
  expect(formatShort(evening, Date.parse('2026-11-22T01:00:00.000Z'))).toBe('23/11 00:05')
})

describe('a time of day as agents type it', () => {
  test.each([
    ['14:30', 870],
    ['1430', 870],
    ['14h30', 870],
    ['9h', 540],
    ['9', 540],
    [' 09.05 ', 545],
    ['24:00', null],
    ['12:60', null],
    ['mai', null],
    ['', null],
  ])('%s is %s', (text, minutes) => {
    expect(parseTimeOfDay(text)).toBe(minutes)
  })
})

test('a chosen time becomes the instant of that Vietnamese day', () => {
  const now = Date.parse(evening)
  expect(instantAt(now, 0, 9 * 60)).toBe('2026-11-23T02:00:00.000Z')
  expect(instantAt(now, 1, 0)).toBe('2026-11-23T17:00:00.000Z')
})

test('numbers use the Vietnamese separators', () => {
  expect(formatNumber(1234.5)).toBe('1.234,5')
})

test.each([
  ['28/11/2026 14:30', '2026-11-28T07:30:00.000Z'],
  ['1/2 9h', '2026-02-01T02:00:00.000Z'],
  ['28/11/2026 0:00', '2026-11-27T17:00:00.000Z'],
  ['31/02/2026 10:00', null],
  ['28/11/2026', null],
  ['mai 14:30', null],
])('%s typed in Việt Nam is %s', (typed, instant) => {
  expect(parseLocalDateTime(typed, Date.parse('2026-11-27T03:00:00.000Z'))).toBe(instant)
})

test('days are counted over months and years', () => {
  expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01')
  expect(daysAfter('2026-03-01', -1)).toBe('2026-02-28')
})

test.each([
  ['2026-11-22', true],
  ['0002-11-22', false],
  ['2026-13-01', false],
  ['', false],
])('%j is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is)
})
