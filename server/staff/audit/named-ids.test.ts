import { expect, test } from 'vitest'
import { namedIds, namesFor, type StoredEntry } from './named-ids.ts'

function entry(action: string, subject: string, detail: Record<string, string> = {}): StoredEntry {
  return { id: 'a1', at: '2026-11-28T03:00:00.000Z', actor: null, action, subject, detail }
}

test('each id is asked for once, among the rows that its action is about', () => {
  const entries = [
    entry('callback.handed_over', 'p1', { from: 'mai', to: 'lan' }),
    entry('callback.moved', 'p1'),
    entry('missed.dropped', 'p2', { reason: 'x' }),
    entry('outage.opened', 't1', { message: 'mai' }),
    entry('call.transferred', 'c1', { extension: '102' }),
    entry('team.changed', 'team1', { members: 'mai, nga', leads: '' }),
    entry('calendar.changed', 'calendar'),
  ]
  expect(namedIds(entries)).toEqual({
    staff: ['mai', 'lan', 'nga'],
    tickets: ['t1'],
    promises: ['p1', 'p2'],
    calls: ['c1'],
  })
})

test('a line gets the names that it needs; what nobody knows stays without one', () => {
  const found = new Map([
    ['mai', 'Nguyễn Mai'],
    ['p1', 'KN-2026-000001'],
    ['p2', 'KN-2026-000002'],
  ])
  const handed = entry('callback.handed_over', 'p1', { from: 'mai', to: 'gone' })
  expect(namesFor(handed, found)).toEqual({ mai: 'Nguyễn Mai', p1: 'KN-2026-000001' })
  expect(namesFor(entry('callback.moved', 'p3'), found)).toEqual({})
})

test('teams and shared views are called as they were then', () => {
  expect(namesFor(entry('team.changed', 'team1', { name: 'NOC đêm' }), new Map())).toEqual({
    team1: 'NOC đêm',
  })
  expect(namesFor(entry('view.shared', 'v1', { name: 'Quá hạn' }), new Map())).toEqual({
    v1: 'Quá hạn',
  })
})
