import { expect, test } from 'vitest'
import {
  CHANNEL_GONE,
  consultActions,
  endChannelAction,
  transferAction,
} from './control-actions.ts'

const CALL = { pbxId: 'pbx1', uniqueid: 'pbx1-1700000000.12' }

test('one channel is ended by its Uniqueid', () => {
  expect(endChannelAction(CALL.uniqueid)).toEqual({
    name: 'Hangup',
    headers: { Channel: 'pbx1-1700000000.12', Cause: 16 },
  })
})

test('a caller is sent to a phone or a queue, in the one context that takes them', () => {
  const where = { Channel: CALL.uniqueid, Context: 'hotline-transfer', Priority: 1 }
  expect(transferAction({ ...CALL, to: { extension: '102' } }).headers).toEqual({
    ...where,
    Exten: '102',
  })
  expect(transferAction({ ...CALL, to: { queue: 'hotline-tech' } }).headers).toEqual({
    ...where,
    Exten: 'queue-hotline-tech',
  })
})

test('a colleague is asked, then given the caller or not, as by keys of the agent’s phone', () => {
  const agent = { pbxId: 'pbx1', agentUniqueid: 'pbx1-1700000000.13' }
  const Channel = agent.agentUniqueid
  expect(consultActions({ ...agent, step: { ask: '102' } })).toEqual([
    { name: 'Atxfer', headers: { Channel, Exten: '102' } },
  ])
  expect(consultActions({ ...agent, step: 'hand_over' })).toEqual([
    { name: 'PlayDTMF', headers: { Channel, Digit: '*', Receive: 'true' } },
    { name: 'PlayDTMF', headers: { Channel, Digit: '5', Receive: 'true' } },
  ])
  expect(consultActions({ ...agent, step: 'take_back' })).toEqual([
    { name: 'CancelAtxfer', headers: { Channel } },
  ])
})

test.each(['0912345678', '*8', '102,1'])('nobody is asked at %j', (ask) => {
  expect(() => consultActions({ ...CALL, agentUniqueid: 'pbx1-1.1', step: { ask } })).toThrow(
    'not allowed',
  )
})

test.each(['/.*/', '', 'PJSIP/trunk-1,PJSIP/101-1', '1700\r\nAction: Command'])(
  'no channel is named %j',
  (uniqueid) => {
    expect(() => endChannelAction(uniqueid)).toThrow('uniqueid is not allowed')
    expect(() => transferAction({ ...CALL, uniqueid, to: { extension: '102' } })).toThrow(
      'uniqueid is not allowed',
    )
  },
)

test.each(['0912345678', '*8', '', '102,1', 'x'])(
  'no caller is sent to the extension %j',
  (given) => {
    expect(() => transferAction({ ...CALL, to: { extension: given } })).toThrow('not allowed')
  },
)

test('a channel that is gone is told by both answers of Asterisk, and by no other', () => {
  const gone = ['No such channel', 'Channel does not exist: 1700000000.1', 'Channel not found']
  const answers = [...gone, 'Channel specified does not exist', 'Permission denied']
  const told = answers.filter((answer) => CHANNEL_GONE.test(answer))
  expect(told).toEqual(answers.slice(0, -1))
})
