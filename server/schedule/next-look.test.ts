import { expect, test } from 'vitest'
import { nextLookInMs } from './next-look.ts'

const limits = {
  longestSleepMs: 60_000,
  shortestPauseMs: 50,
  backOff: { firstMs: 250, longestMs: 5000 },
}

test.each([
  // why, rested, until due, asked, failures, looks in
  ['it never looked, and was asked to', Infinity, null, true, 0, 0],
  ['nothing is known to fall due', 0, null, false, 0, 60_000],
  ['half of the longest sleep is over', 30_000, null, false, 0, 30_000],
  ['it overslept', 70_000, null, false, 0, 0],
  ['something falls due soon', 0, 800, false, 0, 800],
  ['something falls due after the longest sleep', 50_000, 30_000, false, 0, 10_000],
  ['something is due since long', 1000, -9000, false, 0, 0],
  ['what is due could not be done: not at once again', 0, -9000, false, 0, 50],
  ['it was woken', 1000, 800, true, 0, 0],
  ['it was woken right after a look', 20, 800, true, 0, 30],
  ['the last look failed', 0, 10, false, 1, 250],
  ['looks go on failing', 0, 10, false, 3, 1000],
  ['looks fail since long', 0, null, false, 50, 5000],
  ['a waking does not shorten the back-off', 100, -10, true, 2, 400],
  ['the back-off is over', 6000, null, false, 50, 0],
] as const)('%s', (_why, restedMs, untilDueMs, asked, failures, inMs) => {
  expect(nextLookInMs({ restedMs, untilDueMs, asked, failures }, limits)).toBe(inMs)
})
