import { expect, test } from 'vitest'
import { isProlonged, prolonged, wrapUpEnd } from './wrap-up.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23, 2, 0, seconds)).toISOString()
const READY = { state: 'ready', reason: null, since: at(0) } as const
const ASKED = { state: 'paused', reason: 'wrap_up', since: at(0), wrapUpUntil: at(70) } as const

test('who is ready rests as long as the queues make them', () => {
  expect(wrapUpEnd(READY, { queuesUntil: at(10), now: at(5) })).toBe(at(10))
  expect(wrapUpEnd(READY, { queuesUntil: at(10), now: at(10) })).toBeNull()
  expect(wrapUpEnd(READY, { queuesUntil: null, now: at(5) })).toBeNull()
})

test('who asked for more has it, whatever the queues say, until the service ends it', () => {
  expect(wrapUpEnd(ASKED, { queuesUntil: at(10), now: at(5) })).toBe(at(70))
  expect(wrapUpEnd(ASKED, { queuesUntil: null, now: at(80) })).toBe(at(70))
})

test('any other pause is no rest after a call', () => {
  const lunch = { ...READY, state: 'paused', reason: 'lunch' } as const
  expect(wrapUpEnd(lunch, { queuesUntil: at(10), now: at(5) })).toBeNull()
  expect([READY, ASKED, lunch].map(isProlonged)).toEqual([false, true, false])
})

test('each press is a minute more, and no more than ten from now', () => {
  expect(prolonged(at(10), at(5))).toBe(at(70))
  expect(prolonged(at(10), at(20))).toBe(at(80))
  expect(prolonged(at(580), at(5))).toBe(at(605))
})
