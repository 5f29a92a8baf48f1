import { describe, expect, it } from 'vitest'
import type { MembershipOrder } from '../ports.ts'
import { UnsafeAction } from './ami-action.ts'
import { membershipActions, originateAction } from './pbx-actions.ts'

const order = {
  pbxId: 'pbx1',
  channelId: 'cb-0198c0de',
  extension: '101',
  number: '0912345678',
  ringSeconds: 25,
  expiresInSeconds: 55,
}
const EXPIRES_MS = 1_795_732_341_999

describe('originating a callback', () => {
  it('rings the agent first, asynchronously, under our ChannelId, into callback-out', () => {
    expect(originateAction(order, EXPIRES_MS)).toEqual({
      name: 'Originate',
      headers: {
        Channel: 'PJSIP/101',
        Context: 'callback-out',
        Exten: '0912345678',
        Priority: 1,
        Timeout: 25_000,
        CallerID: '0912345678',
        Async: 'true',
        ChannelId: 'cb-0198c0de',
      },
      variables: { CALLBACK_EXPIRES: '1795732341' },
    })
  })

  it('dials an E.164 number in the form that the dialplan knows', () => {
    const { headers } = originateAction({ ...order, number: '+84912345678' }, EXPIRES_MS)
    expect(headers).toMatchObject({ Exten: '0912345678', CallerID: '0912345678' })
  })

  it.each([
    { extension: '101@evil' },
    { extension: 'trunk/0900' },
    { number: '0912,w5' },
    { number: '' },
    { channelId: 'cb 1' },
    { channelId: 'x'.repeat(81) },
    { ringSeconds: 0 },
    { ringSeconds: Number.NaN },
  ])('refuses %j', (wrong) => {
    expect(() => originateAction({ ...order, ...wrong }, EXPIRES_MS)).toThrow(UnsafeAction)
  })
})

describe('membership', () => {
  const member: MembershipOrder = {
    queue: 'hotline',
    extension: '101',
    displayName: 'Lan',
    state: 'ready',
    reason: null,
  }
  const who = { Queue: 'hotline', Interface: 'PJSIP/101' }

  it('ready: added if not there, and unpaused', () => {
    expect(membershipActions(member).map(({ action }) => action)).toEqual([
      {
        name: 'QueueAdd',
        headers: { ...who, MemberName: '101', Penalty: 0, Paused: 'false' },
      },
      { name: 'QueuePause', headers: { ...who, Paused: 'false', Reason: undefined } },
    ])
  })

  it('paused: added paused if not there, and paused with the reason', () => {
    const actions = membershipActions({ ...member, state: 'paused', reason: 'lunch' })
    expect(actions[0]?.action.headers).toMatchObject({ Paused: 'true' })
    expect(actions[1]?.action.headers).toMatchObject({ Paused: 'true', Reason: 'lunch' })
  })

  it('offline: removed', () => {
    const [only, ...rest] = membershipActions({ ...member, state: 'offline' })
    expect(only?.action).toEqual({ name: 'QueueRemove', headers: who })
    expect(rest).toEqual([])
  })

  it('knows the refusals that mean it is so already', () => {
    const [add, pause] = membershipActions(member)
    expect(add?.fine?.test('Unable to add interface: Already there')).toBe(true)
    expect(add?.fine?.test('Unable to add interface to queue: No such queue')).toBe(false)
    expect(pause?.fine).toBeNull()
    const [remove] = membershipActions({ ...member, state: 'offline' })
    expect(remove?.fine?.test('Unable to remove interface: Not there')).toBe(true)
  })

  it.each([{ queue: 'a b' }, { extension: '1' }, { reason: 'nghỉ trưa' }])(
    'refuses %j',
    (wrong) => {
      const refused = () => membershipActions({ ...member, state: 'paused', ...wrong })
      expect(refused).toThrow(UnsafeAction)
    },
  )
})
