import { expect, test } from 'vitest'
import { NO_TIME } from '#contract/supervision/agent-day.ts'
import { isPause, sinceMidnight, sumTimes, withState } from './agent-times.ts'

const at = (minute: number) => `2026-11-23T02:${String(minute).padStart(2, '0')}:00.000Z`
const READY = { state: 'ready', reason: null } as const
const LUNCH = { state: 'paused', reason: 'lunch' } as const
const RESTING = { state: 'paused', reason: 'wrap_up' } as const
const GONE = { state: 'offline', reason: null } as const

test('time in the queues and on pauses; a prolonged rest after a call is no pause', () => {
  expect([READY, LUNCH, RESTING].map(isPause)).toEqual([false, true, false])
  const ready = withState(NO_TIME, READY, at(0))
  const lunch = withState(ready, LUNCH, at(10))
  const rest = withState(lunch, RESTING, at(15))
  const gone = withState(rest, GONE, at(20))
  expect(lunch).toEqual({
    signedInSeconds: 600,
    pausedSeconds: 0,
    running: { since: at(10), isPaused: true },
  })
  expect(gone).toEqual({ signedInSeconds: 1200, pausedSeconds: 300, running: null })
})

test('the stored stretches of a day add up to the same, from midnight on', () => {
  const stretches = [
    { startedAt: '2026-11-22T10:00:00.000Z', endedAt: at(10), isPaused: false },
    { startedAt: at(10), endedAt: at(15), isPaused: true },
    { startedAt: at(15), endedAt: null, isPaused: false },
  ]
  expect(sumTimes(stretches, at(0))).toEqual({
    signedInSeconds: 900,
    pausedSeconds: 300,
    running: { since: at(15), isPaused: false },
  })
  expect(sumTimes([], at(0))).toEqual(NO_TIME)
})

test('at midnight who is there goes on, and nobody has been there yet', () => {
  const ready = { ...withState(NO_TIME, READY, at(0)), signedInSeconds: 50 }
  expect(sinceMidnight(ready, at(30))).toEqual({
    ...NO_TIME,
    running: { since: at(30), isPaused: false },
  })
  expect(sinceMidnight({ ...ready, running: null }, at(30))).toEqual(NO_TIME)
})
