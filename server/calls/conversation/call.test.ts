import { expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { call } from './call.ts'

test('a call survives being stored as JSON', () => {
  for (const before of [aFreshCall(), aFreshCallback({ customerUniqueid: 'trunk#2' })]) {
    expect(call.parse(JSON.parse(JSON.stringify(before)))).toEqual(before)
  }
})

test('a call that says neither caller nor callback is refused', () => {
  const { direction: _, ...nameless } = aFreshCall()
  expect(call.safeParse(nameless).success).toBe(false)
  expect(call.safeParse({ ...aFreshCall(), direction: 'callback' }).success).toBe(false)
})
