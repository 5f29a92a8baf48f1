import { expect, test } from 'vitest'
import { callSearch } from './call-search.ts'

test.each([
  [{ direction: 'callback' }, { direction: 'callback' }],
  [{ direction: 'sideways' }, {}],
  [{}, {}],
])('the address %o means %o', (search, filter) => {
  expect(callSearch(search)).toEqual(filter)
})
