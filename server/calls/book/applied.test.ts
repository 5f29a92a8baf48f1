import { expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { mergeApplied, NOTHING } from './applied.ts'

test('two results as one hold each call once, in its newest state', () => {
  const one = { ...NOTHING, changed: [aFreshCall()], dropped: ['a'] }
  const two = { ...NOTHING, changed: [aFreshCall({ queue: 'hotline' })], dropped: ['b'] }
  expect(mergeApplied(one, two)).toMatchObject({
    changed: [{ uniqueid: 'trunk#1', queue: 'hotline' }],
    dropped: ['a', 'b'],
  })
  expect(mergeApplied(NOTHING, two)).toBe(two)
  expect(mergeApplied(one, NOTHING)).toBe(one)
})
