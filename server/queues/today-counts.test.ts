import { expect, test } from 'vitest'
import { countsOf, emptyCounts, NOTHING_COUNTED, recount, times, turnDay } from './today-counts.ts'

const HOTLINE = { pbxId: 'pbx1', queue: 'hotline' }
const MONDAY = '2026-11-23'
const on = (day: string) => ({ ...HOTLINE, day })
const OFFERED = { offered: 1, answered: 0, abandoned: 0, asked: 0 }
const ANSWERED = { offered: 1, answered: 1, abandoned: 0, asked: 0 }
const ASKED = { offered: 1, answered: 0, abandoned: 0, asked: 1 }
const ABANDONED = { offered: 1, answered: 0, abandoned: 1, asked: 0 }

test('calls of today are counted per queue', () => {
  let counts = emptyCounts(MONDAY)
  counts = recount(counts, on(MONDAY), { before: NOTHING_COUNTED, after: OFFERED })
  counts = recount(counts, on(MONDAY), { before: OFFERED, after: ANSWERED })
  counts = recount(counts, on(MONDAY), { before: NOTHING_COUNTED, after: times(ABANDONED, 3) })
  counts = recount(counts, on(MONDAY), { before: OFFERED, after: ASKED })
  counts = recount(counts, on(MONDAY), { before: NOTHING_COUNTED, after: times(ASKED, 2) })
  counts = recount(
    counts,
    { ...on(MONDAY), queue: 'vip' },
    { before: NOTHING_COUNTED, after: ABANDONED },
  )
  expect(countsOf(counts, HOTLINE)).toEqual({
    offered: 6,
    answered: 1,
    abandoned: 3,
    asked: 3,
  })
  expect(countsOf(counts, { ...HOTLINE, queue: 'vip' })).toEqual(ABANDONED)
})

test('a call that was counted abandoned and was answered after all is counted once', () => {
  let counts = emptyCounts(MONDAY)
  counts = recount(counts, on(MONDAY), { before: NOTHING_COUNTED, after: ABANDONED })
  counts = recount(counts, on(MONDAY), { before: ABANDONED, after: ANSWERED })
  expect(countsOf(counts, HOTLINE)).toEqual(ANSWERED)
})

test('a call that entered yesterday is not one of today’s', () => {
  const counts = emptyCounts(MONDAY)
  expect(recount(counts, on('2026-11-22'), { before: OFFERED, after: ANSWERED })).toBe(counts)
})

test('the first call after midnight begins the day', () => {
  const added = { before: NOTHING_COUNTED, after: OFFERED }
  const monday = recount(emptyCounts(MONDAY), on(MONDAY), added)
  const tuesday = recount(monday, on('2026-11-24'), added)
  expect(tuesday.day).toBe('2026-11-24')
  expect(countsOf(tuesday, HOTLINE)).toEqual(OFFERED)
})

test('midnight alone begins the day too, and a clock set back does not', () => {
  const monday = recount(emptyCounts(MONDAY), on(MONDAY), {
    before: NOTHING_COUNTED,
    after: OFFERED,
  })
  expect(countsOf(turnDay(monday, '2026-11-24'), HOTLINE)).toEqual(NOTHING_COUNTED)
  expect(turnDay(monday, '2026-11-22')).toBe(monday)
})
