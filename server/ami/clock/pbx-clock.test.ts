import { describe, expect, it } from 'vitest'
import {
  callEndOnOurClock,
  clockProblem,
  correctionAfter,
  judgeEventTime,
  onOurClock,
} from './pbx-clock.ts'

const NOW = Date.parse('2026-11-23T02:00:00.000Z')
const HOUR = 3_600_000
const read = (aheadMs: number, tookMs = 0) => ({
  pbxMs: NOW + aheadMs,
  receivedMs: NOW,
  tookMs,
})

describe('the correction of a PBX’s times', () => {
  it.each([
    ['clocks that agree', 0, read(0), 0],
    ['two seconds ahead', 0, read(2_000), 0],
    ['more than two seconds ahead', 0, read(2_001), 2_001],
    ['two seconds behind', 0, read(-2_000), 0],
    ['more than two seconds behind', 0, read(-2_001), -2_001],
    ['an answer that took five seconds says little', 0, read(-5_000, 5_000), 0],
    ['a slow answer that is ahead all the same', 0, read(3_000, 5_000), 3_000],
    ['an hour ahead, and a little jitter', HOUR, read(HOUR + 900), HOUR],
    ['an hour ahead, and then set right', HOUR, read(10), 0],
    ['an hour ahead, and then an hour behind', HOUR, read(-HOUR), -HOUR],
  ] as const)('%s', (_name, before, reading, after) => {
    expect(correctionAfter(before, reading)).toBe(after)
  })

  it('takes the offset off, and lets nothing be of the future', () => {
    expect(onOurClock(NOW + HOUR, HOUR, NOW)).toBe(NOW)
    expect(onOurClock(NOW + HOUR, 0, NOW)).toBe(NOW + 2_000)
    expect(onOurClock(NOW - HOUR, 0, NOW)).toBe(NOW - HOUR)
  })

  it('a last call of the future keeps nobody in wrap-up', () => {
    expect(callEndOnOurClock((NOW + HOUR) / 1000, HOUR, NOW)).toBe('2026-11-23T02:00:00.000Z')
    expect(callEndOnOurClock((NOW + HOUR) / 1000, 0, NOW)).toBeNull()
    expect(callEndOnOurClock(0, 0, NOW)).toBeNull()
  })
})

it.each([
  [0, 'fine'],
  [-2_000, 'fine'],
  [2_000, 'fine'],
  [2_001, 'impossible'],
  [-2_001, 'late'],
  [-60_000, 'late'],
  [-60_001, 'impossible'],
] as const)('an event %i ms from now is %s', (ms, judged) => {
  expect(judgeEventTime(NOW + ms, NOW)).toBe(judged)
})

it.each([
  [HOUR + 61_000, /^its clock is 1 h 1 min 1 s ahead of ours/],
  [-2_400, /^its clock is 2 s behind ours/],
])('says for people what %i ms are', (ms, words) => {
  expect(clockProblem(ms)).toMatch(words)
})

it('has nothing to say of clocks that agree', () => {
  expect(clockProblem(0)).toBeNull()
})
