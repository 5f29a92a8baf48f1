import { expect, test } from 'vitest'
import { customersFirstSince, freeFor, planCustomers } from './customer-first.ts'

const NOW = '2026-11-23T02:10:00.000Z'

function aQueue(ready: string[], waiting: string[] = [], pbxId = 'pbx1') {
  return { pbxId, ready, waiting }
}
const flying = (...channelIds: string[]) =>
  channelIds.map((channelId) => ({ pbxId: 'pbx1', channelId }))

test.each([
  ['nobody is ready', aQueue([]), [], [], 0],
  ['one is ready', aQueue(['101']), [], [], 1],
  ['as many wait as are ready', aQueue(['101', '102'], ['a', 'b']), [], [], 0],
  ['one more is ready than wait', aQueue(['101', '102', '103'], ['a', 'b']), [], [], 1],
  ['more wait than are ready', aQueue(['101'], ['a', 'b', 'c']), [], [], 0],
  ['as many are rung as are ready', aQueue(['101', '102']), flying('cb-1', 'cb-2'), [], 0],
  ['one more is ready than are rung', aQueue(['101', '102']), flying('cb-1'), [], 1],
  [
    'who was rung and waits now counts once',
    aQueue(['101', '102'], ['cb-1']),
    flying('cb-1'),
    [],
    1,
  ],
  ['a phone that an attempt has is not free', aQueue(['101', '102']), [], ['102'], 1],
  ['other phones that attempts have do not matter', aQueue(['101', '102']), [], ['109'], 2],
])('%s', (_name, queue, inFlight, busyPhones, free) => {
  expect(freeFor([queue], inFlight, busyPhones)).toEqual(new Map([['pbx1', free]]))
})

test('who is rung by one PBX takes no agent of another', () => {
  const queues = [aQueue(['101']), aQueue(['102'], [], 'pbx2')]
  expect([...freeFor(queues, flying('cb-1'), [])]).toEqual([
    ['pbx1', 0],
    ['pbx2', 1],
  ])
})

const aDue = (id: string, number: string, change = {}) => ({
  id,
  number,
  dueAt: NOW,
  isAsked: false,
  priority: null,
  ...change,
})
const DUE = [
  aDue('a', '0912000001'),
  aDue('b', '0912000002'),
  aDue('c', '0912000003', { priority: 'critical' as const }),
]

test.each([
  [0, []],
  [1, ['c']],
  [3, ['c', 'a', 'b']],
  [9, ['c', 'a', 'b']],
])('with %d agents free so many customers are rung, the urgent ones first', (count, ids) => {
  const planned = planCustomers(DUE, { free: new Map([['pbx1', count]]), busyNumbers: [] })
  expect(planned).toEqual(ids.map((callbackId) => ({ callbackId, pbxId: 'pbx1' })))
})

test('each number is rung once, and none that is busy; the PBXs take them in turn', () => {
  const due = [...DUE, aDue('d', '0912000003'), aDue('e', '0912000004')]
  const free = new Map([
    ['pbx1', 1],
    ['pbx2', 2],
  ])
  expect(planCustomers(due, { free, busyNumbers: ['0912000001'] })).toEqual([
    { callbackId: 'c', pbxId: 'pbx1' },
    { callbackId: 'b', pbxId: 'pbx2' },
    { callbackId: 'e', pbxId: 'pbx2' },
  ])
})

test('for ten minutes a promise waits for that queue', () => {
  expect(customersFirstSince(NOW)).toBe('2026-11-23T02:00:00.000Z')
})
