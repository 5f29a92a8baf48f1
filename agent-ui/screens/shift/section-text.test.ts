import { expect, test } from 'vitest'
import { countText } from './section-text.ts'

test('a count says that there are more than were counted', () => {
  expect(countText({ count: 12, hasMore: false })).toBe('12')
  expect(countText({ count: 1000, hasMore: true })).toBe('1.000+')
})
