import { describe, expect, test } from 'vitest'
import type { MemberState } from '#contract/queues.ts'
import { type AgentReach, canBeRung, choosePbx, planDials } from './dial-decision.ts'

function anAgent(given: Partial<AgentReach> & { device?: MemberState | null } = {}): AgentReach {
  const { device = 'ready', ...rest } = given
  return {
    staffId: 'mai',
    extension: '101',
    wanted: { state: 'ready', reason: null },
    member: device === null ? null : { pbxId: 'pbx1', state: device },
    ...rest,
  }
}

const ready = { state: 'ready', reason: null } as const
const lunch = { state: 'paused', reason: 'lunch' } as const
const promises = { state: 'paused', reason: 'back_office' } as const
const offline = { state: 'offline', reason: null } as const

describe('who is rung', () => {
  test.each([
    // wanted, device, by the clock, when asked for
    [ready, 'ready', true, true],
    [ready, 'wrap_up', true, true],
    [ready, 'in_call', false, false],
    [ready, 'ringing', false, false],
    [ready, 'unavailable', false, true],
    [ready, null, false, true],
    [promises, 'paused', true, true],
    [lunch, 'paused', false, true],
    [offline, null, false, true],
  ] as const)('wants %o, phone %s: due %s, asked %s', (wanted, device, due, asked) => {
    const agent = anAgent({ wanted, device })
    expect([canBeRung(agent, false), canBeRung(agent, true)]).toEqual([due, asked])
  })
})

describe('through which PBX', () => {
  test.each([
    ['the one that shows the phone', anAgent(), ['pbx0', 'pbx1'], 'pbx1'],
    ['none when that one is away', anAgent(), ['pbx0'], null],
    ['the first ready one for an unseen phone', anAgent({ device: null }), ['pbx0'], 'pbx0'],
    ['none when none is ready', anAgent({ device: null }), [], null],
  ])('%s', (_name, agent, ready_, pbxId) => {
    expect(choosePbx(agent, ready_)).toBe(pbxId)
  })
})

describe('what is dialled now', () => {
  const agents = new Map([
    ['mai', anAgent()],
    ['lan', anAgent({ staffId: 'lan', extension: '102', device: 'in_call' })],
    ['hoa', anAgent({ staffId: 'hoa', extension: '103' })],
  ])
  const due = [
    { id: 'newer', assigneeId: 'mai', dueAt: '2026-11-23T02:10:00.000Z' },
    { id: 'older', assigneeId: 'mai', dueAt: '2026-11-23T02:00:00.000Z' },
    { id: 'busy', assigneeId: 'lan', dueAt: '2026-11-23T01:00:00.000Z' },
    { id: 'other', assigneeId: 'hoa', dueAt: '2026-11-23T02:05:00.000Z' },
    { id: 'gone', assigneeId: 'nobody', dueAt: '2026-11-23T00:05:00.000Z' },
  ]
  const dialled = (asked: string[], pbx = ['pbx1'], busy: string[] = []) =>
    planDials(
      due.map((promise) => ({ ...promise, isAsked: asked.includes(promise.id) })),
      agents,
      pbx,
      busy,
    ).map((dial) => dial.callbackId)

  test('one promise per free agent, the oldest first', () => {
    expect(dialled([])).toEqual(['older', 'other'])
  })

  test('what the agent asked for goes before older promises', () => {
    expect(dialled(['newer'])).toEqual(['newer', 'other'])
  })

  test('nothing to a phone that an attempt has already, asked for or not', () => {
    expect(dialled(['newer'], ['pbx1'], ['101'])).toEqual(['other'])
  })

  test('nothing without a PBX', () => {
    expect(dialled([], [])).toEqual([])
  })
})
