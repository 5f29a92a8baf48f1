import { expect, test } from 'vitest'
import { spanWords } from './remaining.ts'

const MINUTE = 60_000
test.each([
  [0, { unit: 'minutes', minutes: 0 }],
  [59.9 * MINUTE, { unit: 'minutes', minutes: 59 }],
  [-61 * MINUTE, { unit: 'hours', hours: 1, minutes: 1 }],
  [47 * 60 * MINUTE, { unit: 'hours', hours: 47, minutes: 0 }],
  [(2 * 24 + 5) * 60 * MINUTE, { unit: 'days', days: 2, hours: 5 }],
])('%s ms are said as %o', (span, words) => {
  expect(spanWords(span)).toEqual(words)
})
