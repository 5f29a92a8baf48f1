import { expect, test } from 'vitest'
import { NO_DAY } from '#contract/supervision/agent-day.ts'
import type { MemberState, PbxStatus, QueueMember } from '#contract/queues.ts'
import { lackOf, sendable, type SteeringAct } from './steering.ts'

const since = '2026-11-22T02:15:00.000Z'
const pbx: PbxStatus = { pbxId: 'pbx1', link: 'ready', since, version: '22', problem: null }
const ACTS: SteeringAct[] = [
  'listen',
  'whisper',
  'barge',
  'take_over',
  'end',
  'move_up',
  'send',
  'close',
  'penalty',
]
const lacking = (given: Partial<PbxStatus>) =>
  Object.fromEntries(
    ACTS.flatMap((act) => {
      const lack = lackOf(act, { ...pbx, ...given })
      return lack === null ? [] : [[act, lack]]
    }),
  )

test('a PBX that has everything lacks nothing, and one that is not known is asked', () => {
  expect(lacking({})).toEqual({})
  expect(ACTS.flatMap((act) => lackOf(act, undefined) ?? [])).toEqual([])
})

test('an older dialplan lets nobody be heard, sent or promised', () => {
  const why = 'dialplan'
  expect(lacking({ maySteer: false })).toEqual({
    listen: why,
    whisper: why,
    barge: why,
    send: why,
    close: why,
  })
})

test('without the user that ends and transfers calls these two are off', () => {
  expect(lacking({ controlLacks: 'user' })).toEqual({ take_over: 'user', end: 'user' })
  expect(lacking({ controlLacks: 'link' })).toEqual({ take_over: 'link', end: 'link' })
  expect(lacking({ controlLacks: 'dialplan' })).toEqual({ take_over: 'old' })
})

const member = (state: MemberState): QueueMember => ({
  extension: state,
  displayName: state,
  state,
  pauseReason: null,
  stateSince: since,
  today: NO_DAY,
  hasPage: true,
})

test('callers are sent to who can be rung, the ready first', () => {
  const states = ['paused', 'in_call', 'ringing', 'unavailable', 'wrap_up', 'ready'] as const
  expect(sendable(states.map(member)).map(({ state }) => state)).toEqual([
    'ready',
    'wrap_up',
    'paused',
  ])
})
