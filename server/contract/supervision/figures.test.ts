import { expect, test } from 'vitest'
import {
  abandonRate,
  addCounts,
  answerRate,
  averageSpeedOfAnswer,
  type CallCounts,
  longAbandonRate,
  NO_CALLS,
  sameCounts,
  serviceLevel,
  withoutCounts,
} from './figures.ts'

/** No two numbers alike, so that one cannot stand for another. */
const DAY: CallCounts = {
  offered: 200,
  answered: 160,
  abandoned: 25,
  short: 10,
  timedOut: 9,
  asked: 6,
  withinLevel: 120,
  waitSeconds: 2_400,
}

test.each([
  [
    'the service level is of all who came, short abandons and promises among them',
    serviceLevel,
    0.6,
  ],
  ['the answer rate is of all who came', answerRate, 0.8],
  ['the rate of abandonment is of all who came', abandonRate, 0.125],
  ['and apart as if the short ones had not called', longAbandonRate, 15 / 190],
  ['the speed of answer is the mean wait of who was answered', averageSpeedOfAnswer, 15],
])('%s', (_, figure, value) => {
  expect(figure(DAY)).toBe(value)
})

test.each([serviceLevel, answerRate, abandonRate, longAbandonRate, averageSpeedOfAnswer])(
  'without a call there is no figure, neither 0 nor 100 %% (%o)',
  (figure) => {
    expect(figure(NO_CALLS)).toBeNull()
  },
)

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
  expect(twice).toEqual(Object.fromEntries(Object.entries(DAY).map(([name, n]) => [name, 2 * n])))
  expect(withoutCounts(twice, DAY)).toEqual(DAY)
  expect(sameCounts(DAY, { ...DAY })).toBe(true)
  const different = Object.keys(DAY).filter((name) => !sameCounts(DAY, { ...DAY, [name]: 0 }))
  expect(different).toEqual(Object.keys(DAY))
})
