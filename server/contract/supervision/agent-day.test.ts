import { expect, test } from 'vitest'
import { NO_DAY, NO_PARTS, occupancy, recountedAgent, timesAt } from './agent-day.ts'
import { averageHandling } from './figures.ts'

const NOON = '2026-11-23T05:00:00.000Z'
const later = (seconds: number) => Date.parse(NOON) + seconds * 1000
const at = (seconds: number) => new Date(later(seconds)).toISOString()

test('what is running is added up to the moment that is asked for', () => {
  const times = {
    signedInSeconds: 100,
    pausedSeconds: 10,
    running: { since: NOON, isPaused: true },
  }
  expect(timesAt(times, later(30))).toEqual({ signedIn: 130, paused: 40 })
  expect(timesAt({ ...times, running: null }, later(30))).toEqual({ signedIn: 100, paused: 10 })
})

test('occupancy is talk, hold and wrap-up of the time without pauses, of one and of all together', () => {
  const times = { signedInSeconds: 500, pausedSeconds: 100, running: null }
  const mai = { ...NO_DAY, talkSeconds: 150, holdSeconds: 30, wrapUpSeconds: 20, times }
  const lan = { ...NO_DAY, talkSeconds: 100, times: { ...times, signedInSeconds: 300 } }
  expect(occupancy([mai], later(0))).toBe(0.5)
  expect(occupancy([mai, lan], later(0))).toBe(0.5)
  expect(occupancy([lan, mai, mai], later(0))).toBe(0.5)
})

test('whose calls took longer than they were there has none yet, and changes nobody else’s', () => {
  const running = { since: NOON, isPaused: false }
  const seenLate = { ...NO_DAY, talkSeconds: 600, times: { ...NO_DAY.times, running } }
  const times = { signedInSeconds: 400, pausedSeconds: 0, running: null }
  const mai = { ...NO_DAY, talkSeconds: 200, times }
  expect(occupancy([seenLate], later(5))).toBeNull()
  expect(occupancy([seenLate, mai], later(599))).toBe(0.5)
  expect(occupancy([seenLate], later(600))).toBe(1)
  expect(occupancy([seenLate, mai], later(1_200))).toBe(0.5)
})

test('who was not there has no occupancy and no handling, neither 0 nor 100 %', () => {
  expect(occupancy([NO_DAY], later(0))).toBeNull()
  expect(occupancy([], later(0))).toBeNull()
  expect(averageHandling(NO_PARTS)).toBeNull()
  expect(
    averageHandling({
      ...NO_PARTS,
      handled: 2,
      talkSeconds: 90,
      holdSeconds: 20,
      wrapUpSeconds: 10,
    }),
  ).toBe(60)
})

test('a corrected call replaces what it added, and the last call may be earlier than it seemed', () => {
  const before = { ...NO_PARTS, taken: 1, handled: 1, talkSeconds: 60, lastCallAt: at(60) }
  const after = { ...before, talkSeconds: 50, lastCallAt: at(50) }
  const all = recountedAgent(
    { ...NO_PARTS, taken: 3, talkSeconds: 100 },
    { before: NO_PARTS, after: before },
  )
  expect(all).toMatchObject({ taken: 4, handled: 1, talkSeconds: 160, lastCallAt: at(60) })
  expect(recountedAgent(all, { before, after })).toMatchObject({
    taken: 4,
    talkSeconds: 150,
    lastCallAt: at(50),
  })
  const newer = { ...all, lastCallAt: at(90) }
  expect(recountedAgent(newer, { before, after }).lastCallAt).toBe(at(90))
})
