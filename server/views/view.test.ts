import { describe, expect, test } from 'vitest'
import {
  countedQuery,
  MOST_VIEWS,
  mayChange,
  refusedView,
  type StoredView,
  tradesOf,
} from './view.ts'

const view = (change: Partial<StoredView> = {}): StoredView => ({
  id: 'v1',
  staffId: 'lan',
  list: 'tickets',
  name: 'Quá hạn NOC',
  search: {},
  team: null,
  version: 1,
  ...change,
})

test.each([
  ['own, by its owner', null, 'lan', 'agent', true],
  ['own, by a supervisor', null, 'ha', 'supervisor', false],
  ['shared, by who made it and leads', 'noc', 'lan', 'supervisor', true],
  ['shared, by who made it and leads no more', 'noc', 'lan', 'agent', false],
  ['shared, by another who leads', 'noc', 'ha', 'admin', true],
  ['shared, by one of the trade', 'noc', 'vinh', 'noc', false],
] as const)('%s', (_what, team, id, role, may) => {
  expect(mayChange(view({ team }), { id, role })).toBe(may)
})

test('people are offered what their own trade shares, who leads everything', () => {
  expect([tradesOf('noc'), tradesOf('supervisor')]).toEqual([['noc'], ['cskh', 'noc', 'field']])
})

describe('what cannot be kept', () => {
  const many = Array.from({ length: MOST_VIEWS }, (_, i) => view({ id: `o${i}`, name: `${i}` }))

  test('a name that is there already, however it is written', () => {
    const other = view({ id: 'v2', name: 'QUÁ HẠN noc' })
    expect(refusedView(view(), [other])).toMatchObject({ status: 409, code: 'view_name_taken' })
  })

  test('more than twenty; one of the twenty may change', () => {
    expect(refusedView(view(), many)).toMatchObject({ status: 422, code: 'too_many_views' })
    expect(refusedView(view({ id: 'o0' }), many)).toBeNull()
  })

  test('nothing else', () => {
    expect(refusedView(view(), [view()])).toBeNull()
  })
})

describe('what is counted', () => {
  test('the filters and the scope of the address, open when it says none', () => {
    expect(countedQuery(view({ search: { team: 'noc', sort: '-due' } }))).toMatchObject({
      team: 'noc',
      status: ['open'],
    })
    expect(countedQuery(view({ search: { scope: 'mine' } }))).toMatchObject({ assignee: 'me' })
    expect(countedQuery(view({ search: { scope: 'overdue' } }))).toMatchObject({ overdue: '1' })
  })

  test('no other list, and no filter that is wrong', () => {
    expect(countedQuery(view({ list: 'calls' }))).toBeNull()
    expect(countedQuery(view({ search: { team: 'nobody' } }))).toBeNull()
  })
})
