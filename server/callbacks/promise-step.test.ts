import { expect, test } from 'vitest'
import { stepOf } from './promise-step.ts'

test('a step says from where it leads, for the statement that takes many rows at once', () => {
  expect(stepOf({ type: 'claimed' }).from).toBe('scheduled')
  expect(stepOf({ type: 'given_back' }).from).toBe('dialing')
  expect(stepOf({ type: 'held_up', by: 'pbx' }).from).toBe('scheduled')
})
