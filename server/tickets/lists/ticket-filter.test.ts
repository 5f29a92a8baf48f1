import { describe, expect, it } from 'vitest'
import { ticketQuery } from '#contract/tickets.ts'
import { normalizeVn } from '../../customers/phone-number.ts'
import { isFewOfAll, isOfWordsAlone, looksAtMany, orderOf, toFilter } from './ticket-filter.ts'

const NOW = '2026-11-22T02:00:00.000Z'

function filterOf(query: Record<string, unknown>) {
  const given = { userId: 'me-id', now: NOW, readNumber: normalizeVn }
  return toFilter(ticketQuery.parse(query), given)
}

function orderFor(query: object) {
  return orderOf(ticketQuery.parse(query)).order
}

describe('the statuses of a list', () => {
  it.each([
    [{ status: 'new,guiding' }, ['new', 'guiding']],
    [{ status: ['closed', 'new'] }, ['new', 'closed']],
    [{ team: 'field' }, ['field_queued', 'field_working']],
    [{ status: 'closed', overdue: '1' }, []],
    [{ status: 'closed,new', promise: 'none' }, ['new']],
    [{ sort: 'closed' }, ['closed', 'cancelled']],
    [{ status: 'new,closed', sort: 'due' }, ['new']],
  ])('for %j are %j', (query, statuses) => {
    expect(filterOf(query).statuses).toEqual(statuses)
  })

  it('for open are all that are worked on', () => {
    expect(filterOf({ status: 'open' }).statuses).toHaveLength(13)
    expect(filterOf({}).statuses).toHaveLength(15)
  })
})

it('names persons and numbers', () => {
  expect(filterOf({ assignee: 'me' }).assigneeId).toBe('me-id')
  expect(filterOf({ assignee: 'none' }).assigneeId).toBeNull()
  expect(filterOf({ number: '84 912 345 678' }).numberKey).toBe('+84912345678')
  expect(filterOf({ number: '0000' }).numberKey).toBeNull()
})

it('deadlines come soonest first, all else newest first, unless said otherwise', () => {
  expect([orderFor({}), orderFor({ sort: 'due' }), orderFor({ sort: 'clock' })]).toEqual([
    'desc',
    'asc',
    'asc',
  ])
  expect(orderFor({ sort: 'due', order: 'desc' })).toBe('desc')
})

it('is of few of all when it names something of its own', () => {
  expect(isFewOfAll(filterOf({ customerId: 'a', status: 'open' }))).toBe(true)
  expect(isFewOfAll(filterOf({ category: 'TV' }))).toBe(true)
  expect(isFewOfAll(filterOf({ category: 'TV', status: 'open' }))).toBe(false)
  expect(isFewOfAll(filterOf({ channel: 'hotline' }))).toBe(false)
  expect(isFewOfAll(filterOf({ channel: 'email' }))).toBe(true)
})

it('looks at many rows when more than an index decides', () => {
  const received = { sort: 'received' } as const
  expect(looksAtMany(filterOf({ status: 'open', assignee: 'me' }), received)).toBe(false)
  expect(looksAtMany(filterOf({ category: 'TV' }), received)).toBe(true)
  expect(looksAtMany(filterOf({}), { sort: 'due' })).toBe(true)
})

it('is of words alone for all tickets and for all that are open', () => {
  expect(isOfWordsAlone(filterOf({ q: 'x' }))).toBe('all')
  expect(isOfWordsAlone(filterOf({ q: 'x', status: 'open' }))).toBe('open')
  expect(isOfWordsAlone(filterOf({ q: 'x', status: 'new' }))).toBeNull()
  expect(isOfWordsAlone(filterOf({ q: 'x', assignee: 'me' }))).toBeNull()
})
