import { expect, test } from 'vitest'
import { callListQuery, callSearch } from './call-search.ts'

test.each([
  [{ direction: 'callback' }, { direction: 'callback' }],
  [{ direction: 'missed' }, { direction: 'missed' }],
  [{ direction: 'sideways' }, {}],
  [{}, {}],
])('the address %o means %o', (search, filter) => {
  expect(callSearch(search)).toEqual(filter)
})

test('calls that nobody answered are asked for as such, the others by their way', () => {
  expect(callListQuery({ direction: 'missed' })).toEqual({ missed: '1' })
  expect(callListQuery({ direction: 'inbound' })).toEqual({ direction: 'inbound' })
  expect(callListQuery({})).toEqual({})
})
