import { expect, test } from 'vitest'
import type { AgentStateChange } from '#contract/desk.ts'
import { promisesDialled, promisesLeft } from './promise-guard.ts'

const NOW = Date.parse('2026-11-23T02:00:00.000Z')
const SOON = { id: 'soon', status: 'scheduled', dueAt: '2026-11-23T02:40:00.000Z' } as const
const LATER = { id: 'later', status: 'scheduled', dueAt: '2026-11-23T05:00:00.000Z' } as const
const FAILED = { id: 'failed', status: 'failed', dueAt: '2026-11-23T01:00:00.000Z' } as const
const DIALLED = { id: 'dialled', status: 'dialing', dueAt: '2026-11-23T02:00:00.000Z' } as const
const ALL = [LATER, SOON, FAILED, DIALLED]

test.each<[string, AgentStateChange | 'signing_out', string[]]>([
  ['a long pause: what falls due in it', { state: 'paused', reason: 'lunch' }, ['failed', 'soon']],
  ['a short pause', { state: 'paused', reason: 'break' }, []],
  ['work on tickets: callbacks come', { state: 'paused', reason: 'back_office' }, []],
  ['ready', { state: 'ready' }, []],
  ['offline: all', { state: 'offline' }, ['failed', 'soon', 'later']],
  ['signing out: all', 'signing_out', ['failed', 'soon', 'later']],
])('%s is left behind', (_when, change, left) => {
  expect(promisesLeft(ALL, change, NOW).map(({ id }) => id)).toEqual(left)
})

test('a promise that is being dialled is named to who leaves, and to nobody who only pauses', () => {
  expect(promisesDialled(ALL, 'signing_out')).toEqual([DIALLED])
  expect(promisesDialled(ALL, { state: 'offline' })).toEqual([DIALLED])
  expect(promisesDialled(ALL, { state: 'paused', reason: 'lunch' })).toEqual([])
})
