import { expect, test } from 'vitest'
import { ticketQuery } from '#contract/tickets.ts'
import { SCOPES, scopeQuery, ticketSearch } from './ticket-search.ts'

test('digits typed as search words stay words', () => {
  expect(ticketSearch({ q: 912, scope: 'mine' })).toEqual({ q: '912', scope: 'mine' })
})

test('what an address cannot mean is dropped', () => {
  expect(ticketSearch({ q: ['x'], scope: 'everything' })).toEqual({})
})

test.each(SCOPES)('the server understands what the scope "%s" asks for', (scope) => {
  const asked = scopeQuery(scope, 'staff-1')
  expect(ticketQuery.parse(asked)).toMatchObject({
    ...asked,
    ...(asked.status ? { status: [asked.status] } : {}),
  })
})
