import { expect, test } from 'vitest'
import { ticketQuery } from '#contract/tickets.ts'
import { SCOPES, isNarrowed, listQuery, ticketSearch } from './ticket-search.ts'

test('digits typed as search words stay words', () => {
  expect(ticketSearch({ q: 912, scope: 'mine' })).toEqual({ q: '912', scope: 'mine' })
})

test('what an address cannot mean is dropped', () => {
  expect(ticketSearch({ q: ['x'], scope: 'everything', team: 'x', sort: 'colour' })).toEqual({})
})

test.each(SCOPES)('the server understands what the scope "%s" asks for', (scope) => {
  const asked = listQuery({ scope }, 'staff-1')
  const { status, ...rest } = asked
  const read = ticketQuery.parse(asked)
  expect(read).toMatchObject(rest)
  expect(read.status).toEqual(status === undefined ? undefined : [status])
})

test('filters and order go to the server in its own words', () => {
  const search = ticketSearch({ team: 'noc', promise: 'late', sort: '-due' })
  expect(ticketQuery.parse(listQuery(search, 'me'))).toMatchObject({
    status: ['open'],
    team: 'noc',
    promise: 'late',
    sort: 'due',
    order: 'desc',
  })
})

test('a search is asked for without an order: the server refuses one, it has its own', () => {
  const search = ticketSearch({ sort: '-due', q: 'los' })
  const { q, sort, order } = ticketQuery.parse(listQuery(search, 'me'))
  expect([q, sort, order]).toEqual(['los', undefined, undefined])
})

test('words and filters leave tickets out, a scope and an order do not', () => {
  expect(isNarrowed({ scope: 'mine', sort: 'due' })).toBe(false)
  expect(isNarrowed({ scope: 'mine', q: 'hà' })).toBe(true)
  expect(isNarrowed({ team: 'noc' })).toBe(true)
})

test('columns that are left out stay in the address, in one order, and are not asked of the server', () => {
  const search = ticketSearch({ hide: 'due,who,code' })
  expect(search).toEqual({ hide: 'who,due' })
  expect(listQuery(search, 'me')).toEqual({ status: 'open' })
  expect([isNarrowed(search), ticketSearch({ hide: '' })]).toEqual([false, {}])
})
