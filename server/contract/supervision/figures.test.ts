import { expect, test } from 'vitest'
import {
  abandonRate,
  addCounts,
  answerRate,
  averageHandling,
  averageSpeedOfAnswer,
  type CallCounts,
  keptRate,
  longAbandonRate,
  NO_CALLS,
  oneWait,
  sameCounts,
  serviceLevel,
  serviceRate,
  waitBucket,
  withoutCounts,
} from './figures.ts'

/** No two numbers alike, so that one cannot stand for another. */
const DAY: CallCounts = {
  entered: 250,
  offered: 200,
  answered: 160,
  abandoned: 25,
  short: 10,
  timedOut: 9,
  asked: 6,
  withinLevel: 120,
  withinService: 150,
  waitSeconds: 2_400,
  handled: 40,
  talkSeconds: 3_000,
  holdSeconds: 700,
  wrapUpSeconds: 300,
  waits: [11, 12, 13, 14, 15, 16, 17, 18],
}

test.each([
  [
    'the service level is of all who came, short abandons and promises among them',
    serviceLevel,
    0.6,
  ],
  [
    'within a minute is of all who reached the service, lost before the queue or not',
    serviceRate,
    0.6,
  ],
  ['handling is talk, hold and wrap-up of the calls that are over', averageHandling, 100],
  ['the answer rate is of all who came', answerRate, 0.8],
  ['the rate of abandonment is of all who came', abandonRate, 0.125],
  ['and apart as if the short ones had not called', longAbandonRate, 15 / 190],
  ['the speed of answer is the mean wait of who was answered', averageSpeedOfAnswer, 15],
])('%s', (_, figure, value) => {
  expect(figure(DAY)).toBe(value)
})

test.each([
  serviceLevel,
  serviceRate,
  averageHandling,
  answerRate,
  abandonRate,
  longAbandonRate,
  averageSpeedOfAnswer,
])('without a call there is no figure, neither 0 nor 100 %% (%o)', (figure) => {
  expect(figure(NO_CALLS)).toBeNull()
})

test('whom nobody answered have no speed of answer, and short calls alone no rate without them', () => {
  const short: CallCounts = { ...NO_CALLS, offered: 3, abandoned: 3, short: 3 }
  expect([averageSpeedOfAnswer(short), longAbandonRate(short), abandonRate(short)]).toEqual([
    null,
    null,
    1,
  ])
})

test('counts are added and taken away number by number', () => {
  const twice = addCounts(DAY, DAY)
  const { waits, ...numbers } = DAY
  expect(twice).toEqual({
    ...Object.fromEntries(Object.entries(numbers).map(([name, n]) => [name, 2 * n])),
    waits: waits.map((n) => 2 * n),
  })
  expect(withoutCounts(twice, DAY)).toEqual(DAY)
  expect(sameCounts(DAY, { ...DAY })).toBe(true)
  const different = Object.keys(DAY).filter((name) => !sameCounts(DAY, { ...DAY, [name]: 0 }))
  expect(different).toEqual(Object.keys(DAY))
})

test('calls that differ in one bar of the histogram alone are not the same', () => {
  expect(sameCounts(NO_CALLS, { ...NO_CALLS, waits: oneWait(2) })).toBe(false)
})

test.each([
  [0, 0],
  [5_000, 0],
  [5_001, 1],
  [20_000, 2],
  [20_001, 3],
  [300_000, 6],
  [300_001, 7],
])('a wait of %i ms stands in bar %i of the histogram', (ms, bar) => {
  expect(waitBucket(ms)).toBe(bar)
  expect(oneWait(bar).indexOf(1)).toBe(bar)
})

test('promises kept are of those that were kept, late or broken', () => {
  expect(keptRate({ kept: 3, late: 1, broken: 0 })).toBe(0.75)
  expect(keptRate({ kept: 0, late: 0, broken: 0 })).toBeNull()
})
