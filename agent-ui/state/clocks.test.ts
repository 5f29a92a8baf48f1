import { describe, expect, test } from 'vitest'
import { aClock } from '../test-support/samples.ts'
import { clockUrgency, sortClocks } from './clocks.ts'

const START = Date.parse('2026-11-22T03:00:00.000Z')
const HOUR = 3_600_000
const clock = aClock({
  kind: 'noc',
  startedAt: '2026-11-22T03:00:00.000Z',
  dueAt: '2026-11-23T03:00:00.000Z',
})

describe('a clock of 24 hours', () => {
  test.each([
    [1, 'calm'],
    [19, 'calm'],
    [20, 'soon'],
    [24, 'soon'],
    [25, 'late'],
  ] as const)('after %s hours is %s', (hours, urgency) => {
    const netSeconds = hours * 3_600
    expect(clockUrgency({ ...clock, netSeconds }, START + hours * HOUR)).toBe(urgency)
  })

  test('that stands still is neither late nor urgent, whatever the hour', () => {
    const paused = { ...clock, dueAt: null, pausedSince: '2026-11-22T05:00:00.000Z' }
    expect(clockUrgency(paused, START + 100 * HOUR)).toBe('paused')
  })

  test('that was stopped says whether it was in time', () => {
    expect(clockUrgency({ ...clock, stoppedAt: '2026-11-23T03:00:00.000Z' }, START)).toBe('met')
    expect(clockUrgency({ ...clock, stoppedAt: '2026-11-23T03:00:00.001Z' }, START)).toBe('missed')
  })
})

test('what runs comes by urgency, what ended by time', () => {
  const clocks = [
    aClock({ id: 'overall', kind: 'overall' }),
    aClock({
      id: 'old',
      kind: 'noc',
      startedAt: '2026-11-01T00:00:00.000Z',
      stoppedAt: '2026-11-02T00:00:00.000Z',
    }),
    aClock({ id: 'noc', kind: 'noc' }),
    aClock({
      id: 'newer',
      kind: 'field',
      startedAt: '2026-11-03T00:00:00.000Z',
      stoppedAt: '2026-11-04T00:00:00.000Z',
    }),
    aClock({ id: 'promise', kind: 'promise' }),
  ]
  const { running, ended } = sortClocks(clocks)
  expect(running.map(({ id }) => id)).toEqual(['promise', 'noc', 'overall'])
  expect(ended.map(({ id }) => id)).toEqual(['newer', 'old'])
})
