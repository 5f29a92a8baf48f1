import { expect, test } from 'vitest'
import { retryAt } from './retry-policy.ts'

const AT = '2026-11-23T02:00:00.000Z'

test.each([
  ['busy', '2026-11-23T02:05:00.000Z'],
  ['trunk_fault', '2026-11-23T02:05:00.000Z'],
  ['no_answer', '2026-11-23T02:15:00.000Z'],
] as const)('a customer who was %s is tried again at %s', (outcome, at) => {
  expect(retryAt(outcome, AT)).toBe(at)
})
