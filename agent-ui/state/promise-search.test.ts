import { expect, test } from 'vitest'
import { listQuery, mayChange, promiseSearch } from './promise-search.ts'

const MAI = { id: 'mai', role: 'agent' } as const
const CHIEF = { id: 'chief', role: 'supervisor' } as const

test('an address says what is shown; what it cannot mean is left out', () => {
  const known = { scope: 'team', state: 'late', agent: 'lan', by: 'day', days: 7 }
  expect(promiseSearch(known)).toEqual(known)
  expect(promiseSearch({ scope: 'x', state: 'x', agent: '', by: 'x', days: 3 })).toEqual({})
})

test('agents ask for their own or their team’s, supervisors for all', () => {
  expect(listQuery(MAI, {})).toEqual({ mine: '1', state: 'open' })
  expect(listQuery(MAI, { agent: 'lan' })).toEqual({ mine: '1', state: 'open' })
  expect(listQuery(MAI, { scope: 'team', agent: 'lan', state: 'all' })).toEqual({
    team: 'cskh',
    agent: 'lan',
  })
  expect(listQuery(CHIEF, { agent: 'lan', state: 'late' })).toEqual({ agent: 'lan', state: 'late' })
})

test('a promise is changed by whoever keeps or made it, and by supervisors, while it waits', () => {
  const ofLan = {
    status: 'scheduled',
    assignee: { id: 'lan', displayName: 'Lan' },
    createdBy: 'lan',
  } as const
  expect(mayChange(MAI, ofLan)).toBe(false)
  expect(mayChange(MAI, { ...ofLan, createdBy: 'mai' })).toBe(true)
  expect(mayChange(CHIEF, ofLan)).toBe(true)
  expect(mayChange(CHIEF, { ...ofLan, status: 'dialing' })).toBe(false)
})
