import { expect, test } from 'vitest'
import { countCall, countsOf, emptyCounts, turnDay, withCounts } from './today-counts.ts'

const HOTLINE = { pbxId: 'pbx1', queue: 'hotline' }
const MONDAY = '2026-11-23'
const on = (day: string) => ({ ...HOTLINE, day })

test('calls of today are counted per queue', () => {
  let counts = withCounts(emptyCounts(MONDAY), [
    { ...HOTLINE, offered: 10, answered: 7, abandoned: 2 },
  ])
  counts = countCall(counts, on(MONDAY), 'offered')
  counts = countCall(counts, on(MONDAY), 'answered')
  counts = countCall(counts, { ...on(MONDAY), queue: 'vip' }, 'abandoned')
  expect(countsOf(counts, HOTLINE)).toEqual({ offered: 11, answered: 8, abandoned: 2 })
  expect(countsOf(counts, { ...HOTLINE, queue: 'vip' })).toMatchObject({ abandoned: 1 })
})

test('a call that entered yesterday is not one of today’s', () => {
  const counts = emptyCounts(MONDAY)
  expect(countCall(counts, on('2026-11-22'), 'answered')).toBe(counts)
})

test('the first call after midnight begins the day', () => {
  const monday = countCall(emptyCounts(MONDAY), on(MONDAY), 'offered')
  const tuesday = countCall(monday, on('2026-11-24'), 'offered')
  expect(tuesday.day).toBe('2026-11-24')
  expect(countsOf(tuesday, HOTLINE)).toEqual({ offered: 1, answered: 0, abandoned: 0 })
})

test('midnight empties the counts, the same day keeps them', () => {
  const monday = countCall(emptyCounts(MONDAY), on(MONDAY), 'offered')
  expect(turnDay(monday, MONDAY)).toBe(monday)
  expect(countsOf(turnDay(monday, '2026-11-24'), HOTLINE).offered).toBe(0)
})
