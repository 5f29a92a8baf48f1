import { expect, test } from 'vitest'
import { isPlace, placeOf } from './place-channel.ts'

test('the half that waits is named after the half that dials', () => {
  expect(placeOf('cb-0198-1')).toBe('pl-0198-1')
  expect(['pl-0198-1', 'cb-0198-1', '1795.7', '101'].map(isPlace)).toEqual([
    true,
    false,
    false,
    false,
  ])
})
