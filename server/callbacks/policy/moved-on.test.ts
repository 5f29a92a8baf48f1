import { expect, test } from 'vitest'
import { hasMovedOn } from './moved-on.ts'

const BEFORE = '2026-11-23T01:59:00.000Z'
const TRIED = '2026-11-23T02:00:00.000Z'
const AFTER = '2026-11-23T02:15:00.000Z'
const LEFT = { attempts: 2, dueAt: TRIED, retries: 0, faults: 0, asked: null }

test.each([
  ['is as the attempt left it', {}, false],
  ['was tried again', { attempts: 3 }, true],
  ['was given another time by a person', { dueAt: AFTER }, true],
  ['waits for its retry', { dueAt: AFTER, retries: 1 }, false],
  ['waits for the next try after a fault', { dueAt: AFTER, faults: 1 }, false],
  ['was asked for since', { asked: { at: AFTER } }, true],
  ['was asked for before', { asked: { at: BEFORE } }, false],
])('a promise that %s: %j: has moved on: %s', (_what, change, moved) => {
  const attempt = { number: 2, submittedAt: TRIED }
  expect(hasMovedOn({ ...LEFT, ...change }, attempt)).toBe(moved)
})
