import { expect, test } from 'vitest'
import { placeSeconds, positionOf, promisedAfterClosing, promisedUntil } from './place.ts'

const HOURS = { from: '07:00', to: '21:30' }
const at = (time: string) => `2026-11-23T${time}:00.000Z`

test.each([
  ['nobody else', [], 1],
  ['those before', ['01:50', '01:59'], 3],
  ['those after', ['02:01'], 1],
  ['who came at the same moment', ['02:00'], 1],
  ['both', ['01:59', '02:01', '02:05'], 2],
])('a caller of 02:00 among %s', (_who, joined, position) => {
  const waiting = joined.map((time) => ({ uniqueid: time, joinedAt: at(time) }))
  expect(positionOf(at('02:00'), waiting, new Map())).toBe(position)
})

test('places count from when their callers came', () => {
  const waiting = [
    { uniqueid: 'pl-1', joinedAt: at('02:30') },
    { uniqueid: 'pl-2', joinedAt: at('02:30') },
  ]
  const cameAt = new Map([
    ['pl-1', at('01:58')],
    ['pl-2', at('02:03')],
  ])
  expect(positionOf(at('02:00'), waiting, cameAt)).toBe(2)
})

test('of two who came in the same millisecond, the one who has a place already is before', () => {
  const place = { uniqueid: 'pl-1', joinedAt: at('02:30') }
  expect(positionOf(at('02:00'), [place], new Map([['pl-1', at('02:00')]]))).toBe(2)
})

test.each([
  // 09:00, 21:29, 21:30 and 05:00 in Vietnam
  ['02:00', '2026-11-23T14:30:00.000Z', 4 * 3600],
  ['14:29', '2026-11-23T14:30:00.000Z', 60],
  ['14:30', '2026-11-24T00:00:00.000Z', 0],
  ['22:00', '2026-11-24T00:00:00.000Z', 0],
])('asked at %s: promised until %s, a place of %i s', (time, until, seconds) => {
  expect(promisedUntil(HOURS, at(time))).toBe(until)
  expect(placeSeconds(HOURS, at(time))).toBe(seconds)
})

test('a place that is taken within a second lasts until closing time, never less', () => {
  expect(placeSeconds(HOURS, '2026-11-23T14:28:59.600Z')).toBe(61)
})

test.each([
  ['at closing time', '2026-11-23T14:30:00.000Z', '2026-11-24T00:00:00.000Z'],
  ['in the morning', '2026-11-24T00:00:00.000Z', null],
])('not called by the moment %s that was promised: promised for %s', (_what, until, dueAt) => {
  expect(promisedAfterClosing(HOURS, until)).toBe(dueAt)
})
