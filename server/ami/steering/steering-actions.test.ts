import { expect, test } from 'vitest'
import {
  changeSpyAction,
  penaltyAction,
  phoneUseAction,
  priorityAction,
  queueStatusAction,
  spyAction,
  withdrawAction,
} from './steering-actions.ts'

const SPY = {
  pbxId: 'pbx1',
  channelId: 'spy-1',
  extension: '109',
  agentUniqueid: 'pbx1-1700000000.13',
  mode: 'whisper',
  ringSeconds: 25,
} as const

test('a supervisor’s phone is rung into the one context that hears calls, at the phone where they are', () => {
  expect(spyAction(SPY, 'web')).toEqual({
    name: 'Originate',
    headers: {
      Channel: 'PJSIP/web-109',
      Context: 'hotline-spy',
      Exten: 'whisper',
      Priority: 1,
      CallerID: 'Hotline <109>',
      Timeout: 25_000,
      Async: 'true',
      ChannelId: 'spy-1',
    },
    variables: { SPY_TARGET: 'pbx1-1700000000.13' },
  })
  expect(changeSpyAction({ ...SPY, mode: 'barge' }).headers).toMatchObject({
    Channel: 'spy-1',
    Context: 'hotline-spy',
    Exten: 'barge',
  })
})

test('a caller is taken out of the queue for a phone of ours, or to be promised', () => {
  const caller = ['hotline', 'PJSIP/trunk-00000001'] as const
  const infoOf = (to: { extension: string } | 'promise') =>
    withdrawAction(...caller, to).headers?.['WithdrawInfo']
  expect([infoOf({ extension: '102' }), infoOf('promise')]).toEqual(['agent-102', 'promise'])
  expect(priorityAction(...caller, 3).headers).toEqual({
    Queue: 'hotline',
    Caller: 'PJSIP/trunk-00000001',
    Priority: 3,
    Immediate: 'yes',
  })
})

test('a phone, a queue and a penalty are asked of and set by name', () => {
  expect(phoneUseAction('109', 'desk').headers).toEqual({ Variable: 'DEVICE_STATE(PJSIP/109)' })
  expect(queueStatusAction('hotline').headers).toEqual({ Queue: 'hotline' })
  const order = { queue: 'hotline', extension: '101', penalty: 5 }
  expect(penaltyAction(order, 'desk').headers).toEqual({
    Queue: 'hotline',
    Interface: 'PJSIP/101',
    Penalty: 5,
  })
})

test.each([
  () => spyAction({ ...SPY, extension: '109&PJSIP/trunk' }, 'desk'),
  () => spyAction({ ...SPY, channelId: 'cb-1' }, 'desk'),
  () => spyAction({ ...SPY, agentUniqueid: '/^PJSIP/' }, 'desk'),
  () => changeSpyAction({ ...SPY, channelId: 'pbx1-1700000000.12' }),
  () => phoneUseAction('1)${SHELL(x', 'desk'),
  () => queueStatusAction('hot line'),
  () => withdrawAction('hotline', 'PJSIP/trunk-1', { extension: 'promise' }),
  () => penaltyAction({ queue: '-x', extension: '101', penalty: 1 }, 'desk'),
])('what could be read as something else is never written %#', (make) => {
  expect(make).toThrow('is not allowed')
})
