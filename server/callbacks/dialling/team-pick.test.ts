import { expect, test } from 'vitest'
import type { MemberState } from '#contract/queues.ts'
import type { AgentReach } from './dial-decision.ts'
import { pickForTeam, type TeamSituation } from './team-pick.ts'

function agent(extension: string, state: MemberState = 'ready', wanted = 'ready'): AgentReach {
  return {
    staffId: `of-${extension}`,
    extension,
    wanted: { state: wanted === 'ready' ? 'ready' : 'paused', reason: null },
    member: { pbxId: 'pbx1', state },
  }
}

const DUE = [
  { id: 'b', dueAt: '2026-11-23T02:01:00.000Z', number: '0912000002' },
  { id: 'a', dueAt: '2026-11-23T02:00:00.000Z', number: '0912000001' },
  { id: 'c', dueAt: '2026-11-23T02:02:00.000Z', number: '0912000003' },
]

function picked(change: Partial<TeamSituation>) {
  const nothing = { agents: [], readyPbxIds: ['pbx1'], busyExtensions: [], busyNumbers: [] }
  return pickForTeam(DUE, { ...nothing, ...change }).map(
    ({ callbackId, agent: { extension } }) => `${callbackId} ${extension}`,
  )
}

test('the oldest promise goes to who has waited longest, one each', () => {
  expect(picked({ agents: [agent('102'), agent('101')] })).toEqual(['a 102', 'b 101'])
})

test.each([
  ['talks', [agent('101', 'in_call')], {}],
  ['has no device', [agent('101', 'unavailable')], {}],
  ['pauses', [agent('101', 'ready', 'paused')], {}],
  ['is being rung for another promise', [agent('101')], { busyExtensions: ['101'] }],
  ['has a phone with a PBX that is away', [agent('101')], { readyPbxIds: ['pbx2'] }],
])('nobody is rung who %s', (_what, agents, change) => {
  expect(picked({ agents, ...change })).toEqual([])
})

test('a caller who is on the line waits, and keeps nobody from the next', () => {
  expect(picked({ agents: [agent('101')], busyNumbers: ['0912000001'] })).toEqual(['b 101'])
})
