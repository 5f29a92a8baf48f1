import { expect, test } from 'vitest'
import type { AgentStateName, PauseReason } from '#contract/desk.ts'
import type { MemberState } from '#contract/queues.ts'
import { type AgentReach, isThere } from '../dialling/dial-decision.ts'
import { absenceOf } from './presence.ts'

function reach(
  state: MemberState | null,
  wanted: AgentStateName = 'ready',
  reason: PauseReason | null = null,
): AgentReach {
  const member = state === null ? null : { pbxId: 'pbx1', state }
  return { staffId: 'mai', extension: '101', wanted: { state: wanted, reason }, member }
}

test.each<[string, AgentReach, boolean]>([
  ['who is free', reach('ready'), true],
  ['who talks: the call ends', reach('in_call'), true],
  ['whose phone rings', reach('ringing'), true],
  ['who works through promises', reach('paused', 'paused', 'back_office'), true],
  ['who talks and is about to pause', reach('in_call', 'paused', 'break'), false],
  ['who has a break', reach('paused', 'paused', 'break'), false],
  ['who has gone', reach('ready', 'offline'), false],
  ['whose phone is off', reach('unavailable'), false],
  ['whose phone no PBX shows', reach(null), false],
])('%s could be rung soon: %#', (_who, agent, present) => {
  expect(isThere(agent)).toBe(present)
})

test('an owner who is not there, and a team of which nobody is', () => {
  const people = [reach('ready'), { ...reach('unavailable'), staffId: 'lan' }]
  const given = { mayDial: true, teamsOf: () => ['cskh'] as const }
  expect(absenceOf(['mai', 'lan', 'gone'], people, given)).toEqual({
    staffIds: ['lan', 'gone'],
    teams: ['noc', 'field'],
  })
})

test('while no PBX can dial nobody is there', () => {
  const given = { mayDial: false, teamsOf: () => ['cskh'] as const }
  expect(absenceOf(['mai'], [reach('ready')], given)).toEqual({
    staffIds: ['mai'],
    teams: ['cskh', 'noc', 'field'],
  })
})
