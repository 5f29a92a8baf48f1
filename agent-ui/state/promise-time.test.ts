import { expect, test } from 'vitest'
import { DEFAULT_WHEN, resolveWhen } from './promise-time.ts'

const now = Date.parse('2026-11-22T03:00:00.000Z') // 10:00 in Việt Nam
const at = (time: string, daysAhead = 0) => resolveWhen({ inMinutes: null, daysAhead, time }, now)

test('nothing chosen means thirty minutes from now', () => {
  expect(resolveWhen(DEFAULT_WHEN, now)).toEqual({ dueAt: '2026-11-22T03:30:00.000Z' })
})

test('a time of day is the time in Việt Nam', () => {
  expect(at('14:30')).toEqual({ dueAt: '2026-11-22T07:30:00.000Z' })
  expect(at('8h', 1)).toEqual({ dueAt: '2026-11-23T01:00:00.000Z' })
})

test('a time that is over or no time is told before anything is sent', () => {
  expect(at('9:59')).toEqual({ fault: 'timePast' })
  expect(at('10:00')).toEqual({ fault: 'timePast' })
  expect(at('chiều')).toEqual({ fault: 'timeWrong' })
})
