import { expect, test } from 'vitest'
import { aCallback } from '../test-support/samples.ts'
import { missedState } from './missed.ts'

const DUE = '2026-11-22T03:30:00.000Z'

test.each([
  ['hidden', null, 0],
  ['later', aCallback(), -1],
  ['due', aCallback(), 0],
  ['dialing', aCallback({ status: 'dialing' }), 0],
  ['failed', aCallback({ status: 'failed' }), 0],
] as const)('%s', (state, promise, afterDueMs) => {
  expect(missedState({ promise }, Date.parse(DUE) + afterDueMs)).toBe(state)
})
