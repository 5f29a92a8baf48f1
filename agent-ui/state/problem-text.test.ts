import { expect, test } from 'vitest'
import { failureKind, problemDetail, retryAfterSeconds } from './problem-text.ts'

test.each([
  [0, 'unreachable'],
  [401, 'signed_out'],
  [403, 'forbidden'],
  [409, 'conflict'],
  [422, 'invalid'],
  [429, 'throttled'],
  [500, 'server_fault'],
  [502, 'unreachable'],
  [503, 'unavailable'],
])('status %d is %s', (status, kind) => {
  expect(failureKind(status)).toBe(kind)
})

test('a 503 that says when to come back is the database, one that does not is the PBX', () => {
  expect(failureKind(503, 2)).toBe('busy')
  expect(failureKind(503, 0)).toBe('busy')
  expect(failureKind(503, null)).toBe('unavailable')
  expect(failureKind(429, 2)).toBe('throttled')
})

const problem = { type: 'about:blank', title: 'Invalid', status: 422, detail: 'not dialable' }

test('the words about the fields are preferred to the general line', () => {
  const errors = [{ path: 'number', message: 'số 1900 không gọi ra được' }]
  expect(problemDetail({ ...problem, errors })).toBe('số 1900 không gọi ra được')
  expect(problemDetail({ ...problem, errors: [] })).toBe('not dialable')
  expect(problemDetail(null)).toBeNull()
})

test.each([
  ['30', 30],
  ['1.2', 2],
  [null, null],
  ['Sun, 22 Nov 2026 03:00:00 GMT', null],
])('Retry-After %s is %s seconds', (header, seconds) => {
  expect(retryAfterSeconds(header)).toBe(seconds)
})
