import { expect, test } from 'vitest'
import { newUuid } from './system-clock.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('ids are never the same and sort in the order in which they were made', () => {
  const made = Array.from({ length: 5000 }, newUuid)
  expect(new Set(made).size).toBe(made.length)
  expect(made.toSorted()).toEqual(made)
  for (const id of made) expect(id).toMatch(UUID_V7)
})
