import { expect, test } from 'vitest'
import { aPromise } from '../../../test/support/domain/a-promise.ts'
import { next } from '../promise.ts'
import { isExpired } from './expiry.ts'

const NOW = '2026-11-24T02:00:00.000Z'
const TWO_DAYS_AGO = '2026-11-22T02:00:00.000Z'
const LESS = '2026-11-22T02:00:00.001Z'

test.each([
  [TWO_DAYS_AGO, null, true],
  [LESS, null, false],
  [TWO_DAYS_AGO, LESS, false],
  [TWO_DAYS_AGO, TWO_DAYS_AGO, true],
])('due %s and asked for at %s: too late for the clock is %s', (dueAt, askedAt, isLate) => {
  expect(isExpired({ dueAt, askedAt }, NOW)).toBe(isLate)
  const asked = askedAt === null ? null : { at: askedAt, version: 7, by: 'mai' }
  const promise = aPromise({ dueAt, asked })
  const after = next(promise, { type: 'too_late', now: NOW })
  expect(after).toEqual(
    isLate ? { ...promise, status: 'failed', asked: null, version: 8 } : promise,
  )
})
