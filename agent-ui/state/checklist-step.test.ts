import { expect, test } from 'vitest'
import { nextStepId } from './checklist-step.ts'

test('a new step never takes the number of one that was there', () => {
  expect(nextStepId('SLOW', ['SLOW_1', 'SLOW_5'])).toBe('SLOW_6')
  expect(nextStepId('SLOW', [])).toBe('SLOW_1')
})
