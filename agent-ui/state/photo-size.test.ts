import { expect, test } from 'vitest'
import { sentSize } from './photo-size.ts'

test('a small picture keeps the shape, too', () => {
  expect(sentSize({ width: 4000, height: 3000 }, 160)).toEqual({ width: 160, height: 120 })
})

test.each([
  [4000, 3000, 1600, 1200],
  [3000, 4000, 1200, 1600],
  [1600, 900, 1600, 900],
  [20_000, 1, 1600, 1],
  [0, 0, 1, 1],
])('%d × %d is sent as %d × %d', (width, height, sentWidth, sentHeight) => {
  expect(sentSize({ width, height })).toEqual({ width: sentWidth, height: sentHeight })
})
