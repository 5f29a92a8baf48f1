import { describe, expect, it } from 'vitest'
import type { MembershipOrder } from '../../ports.ts'
import { UnsafeAction } from './ami-action.ts'
import {
  customerFirstAction,
  hoursAction,
  keptHours,
  membershipActions,
  originateAction,
  placeAction,
} from './pbx-actions.ts'

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

describe('keeping a place', () => {
  const place = {
    pbxId: 'pbx1',
    channelId: 'cb-0198c0de-1',
    queue: 'hotline-tech',
    number: '+84912345678',
    position: 3,
    waitSeconds: 900.7,
    expiresInSeconds: 960,
    callerUniqueid: 'pbx1-1795342958.4',
  }

  it('waits in the queue by a Local channel whose halves are ours, and its answer dials', () => {
    expect(placeAction(place, EXPIRES_MS)).toEqual({
      name: 'Originate',
      headers: {
        Channel: 'Local/hotline-tech@callback-place/n',
        OtherChannelId: 'pl-0198c0de-1',
        CallerID: '0912345678',
        Context: 'callback-out',
        Exten: '0912345678',
        Priority: 1,
        Timeout: 900_000,
        Async: 'true',
        ChannelId: 'cb-0198c0de-1',
      },
      variables: {
        CALLBACK_EXPIRES: '1795732341',
        CALLBACK_NUMBER: '0912345678',
        CALLBACK_WAIT: '900',
        CALLBACK_POSITION: '3',
        CALLBACK_HOLD: 'pbx1-1795342958.4',
      },
    })
  })

  it.each([
    { queue: 'hotline@callback-out' },
    { queue: 'hotline/n' },
    { queue: '-x' },
    { number: '19001234' },
    { channelId: 'mb-1' },
    { position: 0 },
    { position: 1.5 },
    { waitSeconds: 0 },
    { waitSeconds: 90_000 },
    { callerUniqueid: 'x,y' },
  ])('refuses %j', (wrong) => {
    expect(() => placeAction({ ...place, ...wrong }, EXPIRES_MS)).toThrow(UnsafeAction)
  })

  it.each(['_vip', '.vip', 'vip.1', 'vip-1'])(
    'takes %s, as the configuration does and the dialplan',
    (queue) => {
      const { headers } = placeAction({ ...place, queue }, EXPIRES_MS)
      expect(headers?.['Channel']).toBe(`Local/${queue}@callback-place/n`)
    },
  )
})

it('an order rings the phone at which the agent is', () => {
  const { headers } = originateAction(order, EXPIRES_MS, 'web')
  expect(headers?.['Channel']).toBe('PJSIP/web-101')
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

  const other = {
    name: 'QueueRemove',
    headers: { Queue: 'hotline', Interface: 'PJSIP/web-101' },
  }
  const ALONE = { device: 'desk', hasOther: false } as const
  const BOTH = { device: 'desk', hasOther: true } as const
  /** What is ordered of who never had another phone. */
  const ofState = (state: MembershipOrder['state']) =>
    membershipActions({ ...member, state }, ALONE).map(({ action }) => action.name)

  it('ready: added if not there, and unpaused; the other phone has left before', () => {
    expect(membershipActions(member, BOTH).map(({ action }) => action)).toEqual([
      other,
      {
        name: 'QueueAdd',
        headers: { ...who, MemberName: '101', Penalty: 0, Paused: 'false' },
      },
      { name: 'QueuePause', headers: { ...who, Paused: 'false', Reason: undefined } },
    ])
  })

  it('of who never had another phone: nothing is asked of one', () => {
    expect(ofState('ready')).toEqual(['QueueAdd', 'QueuePause'])
    expect(ofState('offline')).toEqual(['QueueRemove'])
  })

  it('of who answers in the page: the desk phone leaves, the browser phone comes', () => {
    const actions = membershipActions(member, { device: 'web', hasOther: true }).map(
      ({ action }) => action,
    )
    expect(actions.map(({ name, headers }) => [name, headers?.['Interface']])).toEqual([
      ['QueueRemove', 'PJSIP/101'],
      ['QueueAdd', 'PJSIP/web-101'],
      ['QueuePause', 'PJSIP/web-101'],
    ])
    expect(actions[1]?.headers).toMatchObject({ MemberName: '101' })
  })

  it('paused: added paused if not there, and paused with the reason', () => {
    const [add, pause] = membershipActions({ ...member, state: 'paused', reason: 'lunch' }, ALONE)
    expect(add?.action.headers).toMatchObject({ Paused: 'true' })
    expect(pause?.action.headers).toMatchObject({ Paused: 'true', Reason: 'lunch' })
  })

  it('offline: both phones removed', () => {
    const actions = membershipActions({ ...member, state: 'offline' }, BOTH)
    expect(actions.map(({ action }) => action)).toEqual([
      other,
      { name: 'QueueRemove', headers: who },
    ])
  })

  it('knows the refusals that mean it is so already', () => {
    const [remove, add, pause] = membershipActions(member, BOTH)
    expect(add?.fine?.test('Unable to add interface: Already there')).toBe(true)
    expect(add?.fine?.test('Unable to add interface to queue: No such queue')).toBe(false)
    expect(pause?.fine).toBeNull()
    expect(remove?.fine?.test('Unable to remove interface: Not there')).toBe(true)
    expect(remove?.fine?.test('Member not dynamic')).toBe(false)
  })

  it.each([{ queue: 'a b' }, { extension: '1' }, { reason: 'nghỉ trưa' }])(
    'refuses %j',
    (wrong) => {
      const refused = () => membershipActions({ ...member, state: 'paused', ...wrong }, ALONE)
      expect(refused).toThrow(UnsafeAction)
    },
  )
})

describe('the hours in which customers are called', () => {
  it('are one extension of the dialplan, and one text in its database', () => {
    const hours = { from: '07:00', to: '21:30' }
    expect(keptHours(hours)).toBe('0700-2130')
    expect(hoursAction(hours).headers).toMatchObject({
      Channel: 'Local/07002130@callback-hours',
      Context: 'callback-hours',
      Exten: 'done',
    })
  })

  it('are nothing else', () => {
    expect(() => hoursAction({ from: '7:00', to: '21:30' })).toThrow(UnsafeAction)
  })
})

describe('ringing a customer first', () => {
  const first = {
    pbxId: 'pbx1',
    channelId: 'cb-0198c0de-1',
    queue: 'hotline',
    number: '+84912345678',
    expiresInSeconds: 55,
  }

  it('dials them by the dialplan, whose answer is asked for consent to that queue', () => {
    expect(customerFirstAction(first, EXPIRES_MS)).toEqual({
      name: 'Originate',
      headers: {
        Channel: 'Local/0912345678@callback-customer/n',
        OtherChannelId: 'cu-0198c0de-1',
        CallerID: '0912345678',
        Context: 'callback-consent',
        Exten: 'hotline',
        Priority: 1,
        Timeout: 90_000,
        Async: 'true',
        ChannelId: 'cb-0198c0de-1',
      },
      variables: { CALLBACK_EXPIRES: '1795732341', CALLBACK_NUMBER: '0912345678' },
    })
  })

  it.each([
    { queue: 'hotline,1,evil' },
    { queue: '-x' },
    { number: '19001234' },
    { number: '0912345678/n' },
    { channelId: 'mb-1' },
  ])('is never ordered with %j', (change) => {
    expect(() => customerFirstAction({ ...first, ...change }, EXPIRES_MS)).toThrow(UnsafeAction)
  })
})
