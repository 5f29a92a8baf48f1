import { expect, test } from 'vitest'
import { retryAt } from './retry-policy.ts'

const AT = '2026-11-23T02:00:00.000Z'

test.each([
  ['busy', 0, '2026-11-23T02:15:00.000Z'],
  ['busy', 1, '2026-11-23T03:00:00.000Z'],
  ['trunk_fault', 0, '2026-11-23T02:05:00.000Z'],
  ['no_answer', 0, '2026-11-23T02:15:00.000Z'],
  ['no_answer', 1, '2026-11-23T03:00:00.000Z'],
  ['no_answer', 2, '2026-11-23T03:00:00.000Z'],
] as const)(
  'a customer who was %s is tried again after %i retries at %s',
  (outcome, retries, at) => {
    expect(retryAt(outcome, AT, retries)).toBe(at)
  },
)
