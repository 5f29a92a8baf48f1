import { expect, test } from 'vitest'
import type { SessionUser } from '#contract/staff.ts'
import { aCall } from '../../../test/support/domain/a-call.ts'
import type { Segment } from '../../calls/conversation/call.ts'
import {
  heardAgent,
  refusalOfOwnPhone,
  refusalOfSend,
  refusalOfTarget,
  spyAction,
} from './steering-refusals.ts'

const AT = '2026-11-28T02:00:00.000Z'
function person(extension: string | null, role: SessionUser['role'] = 'agent'): SessionUser {
  return { id: 'x', username: 'x', displayName: 'X', role, extension }
}
function segment(extension: string, endedAt: string | null = null): Segment {
  return {
    agentUniqueid: `${extension}#1`,
    earlierUniqueids: [],
    extension,
    how: 'queue',
    startedAt: AT,
    endedAt,
    heldAt: null,
    resumedAt: null,
    holdSeconds: 0,
  }
}
const chief = person('109', 'supervisor')
function heard(segments: Segment[], asked?: string) {
  const found = heardAgent(aCall({ segments }), chief, asked)
  return 'status' in found ? `${found.status} ${found.code}` : found.extension
}

test('the only agent is heard, of several the one who is named, and never oneself', () => {
  expect(heard([segment('101')])).toBe('101')
  expect(heard([segment('101', AT), segment('102')])).toBe('102')
  expect(heard([segment('101'), segment('102')])).toBe('422 which_agent')
  expect(heard([segment('101'), segment('102')], '102')).toBe('102')
  expect(heard([segment('101')], '102')).toBe('409 nobody_talks')
  expect(heard([segment('109')])).toBe('409 nobody_talks')
  expect(heard([segment('101', AT)])).toBe('409 nobody_talks')
})

test('a phone is rung when it is free', () => {
  const uses = ['free', 'busy', 'away'] as const
  expect(uses.map((use) => refusalOfOwnPhone(use)?.code)).toEqual([
    undefined,
    'own_phone_busy',
    'own_phone_away',
  ])
  expect(uses.map((use) => refusalOfTarget(use)?.code)).toEqual([
    undefined,
    'target_busy',
    'target_unreachable',
  ])
})

test('a caller is sent to who takes calls and can be rung', () => {
  const send = (given: Partial<Parameters<typeof refusalOfSend>[0]>) => {
    const refusal = refusalOfSend({
      person: person('101'),
      state: 'ready',
      isMember: true,
      ...given,
    })
    return refusal && `${refusal.status} ${refusal.code}`
  }
  const states = ['ready', 'wrap_up', 'paused', null, 'in_call', 'ringing', 'unavailable'] as const
  expect(states.map((state) => send({ state }))).toEqual([
    null,
    null,
    null,
    null,
    '409 target_busy',
    '409 target_busy',
    '409 target_unreachable',
  ])
  expect(send({ person: null })).toBe('422 no_such_person')
  expect(send({ person: person(null) })).toBe('422 target_no_phone')
  expect(send({ person: chief, isMember: false })).toBe('422 target_no_agent')
  expect(send({ person: chief })).toBeNull()
  expect(send({ state: null, isMember: false })).toBeNull()
})

test('each way to hear a call is an act of its own in the trail', () => {
  const modes = ['listen', 'whisper', 'barge'] as const
  expect(modes.map(spyAction)).toEqual(['listened', 'whispered', 'barged'])
})
