import { describe, expect, test } from 'vitest'
import { loopState, recurringState } from './jobs.ts'

const at = '2026-11-22T03:00:00.000Z'

describe('a loop', () => {
  const loop = { running: false, failuresInRow: 0, lastRunAt: at, nextRunAt: at }

  test.each([
    ['that waits for its next look is well', {}, 'well'],
    ['that has not looked yet says so', { lastRunAt: null }, 'not_yet'],
    ['that looks now is running', { running: true, nextRunAt: null }, 'running'],
    ['without a next look has stopped', { nextRunAt: null }, 'stopped'],
    [
      'that failed last time is failing, also while it tries again',
      { failuresInRow: 1, running: true },
      'failing',
    ],
  ] as const)('%s', (_name, change, state) => {
    expect(loopState({ ...loop, ...change })).toBe(state)
  })
})

describe('a recurring job', () => {
  const job = { running: false, lastResult: 'done', nextRunAt: at } as const

  test.each([
    ['that did its last turn is well', {}, 'well'],
    ['that has had no turn yet says so', { lastResult: null }, 'not_yet'],
    [
      'in its turn is running, whatever the last one brought',
      { running: true, lastResult: 'failed' },
      'running',
    ],
    ['that failed is failing', { lastResult: 'failed' }, 'failing'],
    ['without a next turn has stopped', { nextRunAt: null }, 'stopped'],
  ] as const)('%s', (_name, change, state) => {
    expect(recurringState({ ...job, ...change })).toBe(state)
  })
})
