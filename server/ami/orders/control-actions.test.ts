import { expect, test } from 'vitest'
import { CHANNEL_GONE, endChannelAction, transferAction } from './control-actions.ts'

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
  const answers = ['No such channel', 'Channel does not exist: 1700000000.1', 'Permission denied']
  expect(answers.map((answer) => CHANNEL_GONE.test(answer))).toEqual([true, true, false])
})
