import { expect, test } from 'vitest'
import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import { countsOf, emptyCounts, recount, turnDay } from './queue-counts.ts'

const HOTLINE = { pbxId: 'pbx1', queue: 'hotline' }
const MONDAY = '2026-11-23'
const on = (day: string) => ({ ...HOTLINE, day })
const OFFERED: CallCounts = { ...NO_CALLS, offered: 1 }
const ANSWERED: CallCounts = { ...OFFERED, answered: 1, withinLevel: 1, waitSeconds: 7 }
const ASKED: CallCounts = { ...OFFERED, asked: 1 }
const ABANDONED: CallCounts = { ...OFFERED, abandoned: 1, short: 1 }
const SUMMED: CallCounts = { ...NO_CALLS, offered: 5, abandoned: 3, asked: 2 }

test('calls of today are counted per queue', () => {
  let counts = emptyCounts(MONDAY)
  counts = recount(counts, on(MONDAY), { before: NO_CALLS, after: SUMMED })
  counts = recount(counts, on(MONDAY), { before: NO_CALLS, after: OFFERED })
  counts = recount(counts, on(MONDAY), { before: OFFERED, after: ANSWERED })
  counts = recount(counts, on(MONDAY), { before: NO_CALLS, after: ASKED })
  counts = recount(counts, { ...on(MONDAY), queue: 'vip' }, { before: NO_CALLS, after: ABANDONED })
  expect(countsOf(counts, HOTLINE)).toEqual({
    ...NO_CALLS,
    offered: 7,
    answered: 1,
    abandoned: 3,
    asked: 3,
    withinLevel: 1,
    waitSeconds: 7,
  })
  expect(countsOf(counts, { ...HOTLINE, queue: 'vip' })).toEqual(ABANDONED)
})

test('a call that was counted abandoned and was answered after all is counted once', () => {
  let counts = emptyCounts(MONDAY)
  counts = recount(counts, on(MONDAY), { before: NO_CALLS, after: ABANDONED })
  counts = recount(counts, on(MONDAY), { before: ABANDONED, after: ANSWERED })
  expect(countsOf(counts, HOTLINE)).toEqual(ANSWERED)
})

test('a call that entered yesterday is not one of today’s', () => {
  const counts = emptyCounts(MONDAY)
  expect(recount(counts, on('2026-11-22'), { before: OFFERED, after: ANSWERED })).toBe(counts)
})

test('the first call after midnight begins the day', () => {
  const added = { before: NO_CALLS, after: OFFERED }
  const monday = recount(emptyCounts(MONDAY), on(MONDAY), added)
  const tuesday = recount(monday, on('2026-11-24'), added)
  expect(tuesday.day).toBe('2026-11-24')
  expect(countsOf(tuesday, HOTLINE)).toEqual(OFFERED)
})

test('midnight alone begins the day too, and a clock set back does not', () => {
  const monday = recount(emptyCounts(MONDAY), on(MONDAY), { before: NO_CALLS, after: OFFERED })
  expect(countsOf(turnDay(monday, '2026-11-24'), HOTLINE)).toEqual(NO_CALLS)
  expect(turnDay(monday, '2026-11-22')).toBe(monday)
})
