import { expect, test } from 'vitest'
import { callDays, callListQuery, callSearch, isNarrowed } from './call-search.ts'

const TODAY = '2026-11-28'

test.each([
  [{ direction: 'callback' }, { direction: 'callback' }],
  [{ direction: 'missed' }, { direction: 'missed' }],
  [{ direction: 'sideways' }, {}],
  [{ q: 912345678 }, { q: '912345678' }],
  [{ from: '2026-11-01', to: 'yesterday' }, { from: '2026-11-01' }],
  [{ from: '0002-11-01', agent: '' }, {}],
  [{}, {}],
])('the address %o means %o', (search, filter) => {
  expect(callSearch(search)).toEqual(filter)
})

test('calls that nobody answered are asked for as such, the others by their way', () => {
  expect(callListQuery({ direction: 'missed' }, TODAY)).toEqual({ missed: '1' })
  expect(callListQuery({ direction: 'inbound' }, TODAY)).toEqual({ direction: 'inbound' })
  expect(callListQuery({}, TODAY)).toEqual({})
})

test('words and days are asked for as they stand', () => {
  const search = { q: 'minh tâm', from: '2026-11-01' }
  expect(callListQuery(search, TODAY)).toEqual(search)
})

test.each([
  [{}, { from: '2026-10-30', to: TODAY }],
  [{ to: '2026-11-10' }, { from: '2026-10-12', to: '2026-11-10' }],
  [{ from: '2026-11-20' }, { from: '2026-11-20', to: TODAY }],
  [{ from: '2020-01-01' }, { from: '2026-08-29', to: TODAY }],
])('the days %o of an agent are %o', (days, shown) => {
  expect(callDays({ ...days, agent: 'lan' }, TODAY)).toEqual(shown)
  expect(callListQuery({ ...days, agent: 'lan' }, TODAY)).toEqual({ agent: 'lan', ...shown })
})

test('is narrowed by whatever leaves calls out', () => {
  expect(isNarrowed({})).toBe(false)
  expect(isNarrowed({ q: 'x' })).toBe(true)
})
