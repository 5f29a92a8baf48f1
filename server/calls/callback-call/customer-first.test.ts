import { expect, test } from 'vitest'
import { liveChannel, snapshotAt } from '../../../test/support/call-snapshot.ts'
import { play, segmentsText } from '../../../test/support/call-table.ts'
import { ringerOf } from './ringer-channel.ts'

const LEG = 'Local/0912345678@callback-customer'
const RUNG = `
  00:00.000  channel_created  ${LEG}=cb-7
  00:00.001  local_bridged    ${LEG}=cb-7  ${LEG}=cu-7
  00:00.010  dial_begun       ${LEG}=cu-7  trunk#9  dial=PJSIP/0912345678@trunk`
const PICKED = `${RUNG}
  00:08.000  dial_ended           ${LEG}=cu-7  trunk#9
  00:08.001  bridge_entered       trunk#9      bridge=b
  00:08.002  bridge_entered       ${LEG}=cu-7  bridge=b
  00:08.003  dial_ended           -            ${LEG}=cb-7
  00:08.004  originate_responded  ${LEG}=cb-7
  00:08.010  callback_consent     ${LEG}=cb-7  state=asked`
const WAITING = `${PICKED}
  00:15.000  callback_consent  ${LEG}=cb-7  state=given
  00:15.010  queue_joined      ${LEG}=cb-7  num=0912345678
  00:15.020  agent_called      ${LEG}=cb-7  101#2
  00:15.021  dial_begun        ${LEG}=cb-7  101#2
  00:15.022  agent_called      ${LEG}=cb-7  102#3`
const TALKING = `${WAITING}
  00:19.000  dial_ended       ${LEG}=cb-7  102#3
  00:19.001  dial_ended       ${LEG}=cb-7  101#2  status=CANCEL
  00:19.002  hung_up          101#2        cause=26
  00:19.010  queue_left       ${LEG}=cb-7
  00:19.020  agent_connected  ${LEG}=cb-7  102#3  hold=4
  00:19.030  bridge_entered   102#3        bridge=a
  00:19.031  bridge_entered   ${LEG}=cb-7  bridge=a`
const ENDED = `
  01:00.000  hung_up  trunk#9
  01:00.001  hung_up  ${LEG}=cu-7
  01:00.002  hung_up  102#3
  01:00.003  hung_up  ${LEG}=cb-7`

test('the customer is rung, answers and is asked; none of that is an agent’s', () => {
  const { told, counted, call } = play(PICKED)
  expect(told).toEqual([
    '00:00.000 callback_progressed submitted',
    '00:00.010 callback_progressed customer_ringing',
    '00:08.000 callback_progressed consenting',
  ])
  expect(counted).toEqual([])
  expect(call('cb-7')).toMatchObject({
    callerIdNum: '0912345678',
    answeredAt: null,
    segments: [],
    callback: { customerUniqueid: 'trunk#9', agentAnsweredAt: null, dialStatus: null },
  })
})

test('who pressed 1 waits in the queue, which rings agents, and is no visitor of it', () => {
  const { told, counted, call } = play(WAITING)
  expect(told.slice(3)).toEqual([
    '00:15.000 callback_progressed customer_waiting',
    '00:15.020 agent_ringing 101',
    '00:15.022 agent_ringing 102',
  ])
  expect(counted).toEqual([])
  expect(call('cb-7')).toMatchObject({ queue: null, visits: [], answeredAt: null })
})

test('the agent whom the queue gave talks until the end, on the phone that answered', () => {
  const { told, counted, call } = play(TALKING + ENDED)
  expect(told.slice(6)).toEqual([
    '00:19.001 agent_ring_ended 101 answered_elsewhere',
    '00:19.020 callback_progressed talking',
    '01:00.002 agent_left 102',
    '01:00.003 call_ended',
    '01:00.003 callback_progressed ended',
  ])
  expect(counted).toEqual([])
  expect(segmentsText(call('cb-7'))).toEqual(['102 callback 00:19.020 - 01:00.002'])
  expect(call('cb-7')).toMatchObject({
    ticketMomentAt: null,
    callback: { placedAgent: { extension: '102' }, talkSeconds: 41, dialStatus: 'ANSWER' },
  })
})

test.each([
  ['BUSY', 17],
  ['NOANSWER', 19],
])('a customer who does not answer leaves why: %s', (status, cause) => {
  const { call } = play(`${RUNG}
    00:09.000  dial_ended           ${LEG}=cu-7  trunk#9  status=${status}
    00:09.001  hung_up              trunk#9      cause=${cause}
    00:09.002  originate_responded  ${LEG}=cb-7  failed=1
    00:09.003  hung_up              ${LEG}=cb-7  cause=${cause}`)
  expect(call('cb-7')).toMatchObject({
    status: 'ended',
    callback: { dialStatus: status, customerCause: cause, customerFirst: { pickedUpAt: null } },
  })
})

test('what nobody heard is seen beside the channels', () => {
  const channels = [
    liveChannel(`${LEG}=cb-7`, { bridgeId: 'a' }),
    liveChannel(`${LEG}=cu-7`, { bridgeId: 'b' }),
    liveChannel('trunk#9', { bridgeId: 'b' }),
    liveChannel('102#3', { bridgeId: 'a' }),
  ]
  const { call } = play([snapshotAt('02:00.000', { channels })])
  expect(call('cb-7')).toMatchObject({
    callback: { stage: 'talking', customerUniqueid: 'trunk#9', placedAgent: { extension: '102' } },
  })
  const waiting = channels.slice(0, 3).map((one) => ({ ...one, application: 'Read' }))
  const asked = play([snapshotAt('02:00.000', { channels: waiting })])
  expect(asked.call('cb-7')).toMatchObject({ callback: { stage: 'consenting', placedAgent: null } })
})

test('what nobody heard at all is in the journal', () => {
  const { call } = play(`
    02:00.000  journal_callback_ended  cb-7  status=ANSWER cause=16 talk=30 consent=given extension=102
    02:00.000  journal_callback_ended  cb-8  status=ANSWER cause=16 consent=asked
    02:00.000  journal_callback_ended  cb-9  status=BUSY cause=17 consent=none`)
  expect(segmentsText(call('cb-7'))).toEqual(['102 callback 01:30.000 - 02:00.000'])
  expect(call('cb-7')).toMatchObject({ callback: { stage: 'talking', talkSeconds: 30 } })
  expect(call('cb-8')).toMatchObject({ callback: { stage: 'consenting', dialStatus: null } })
  expect(call('cb-9')).toMatchObject({ callback: { dialStatus: 'BUSY', customerCause: 17 } })
})

test('a customer who is handed on talks on, also when the journal tells of the first agent’s leg', () => {
  const { told, call } = play(`${TALKING}
    00:40.000  hung_up         102#3
    00:40.001  hung_up         ${LEG}=cu-7
    00:40.002  hung_up         ${LEG}=cb-7
    00:40.010  dial_begun      trunk#9  101#5
    00:43.000  dial_ended      trunk#9  101#5
    00:43.010  bridge_entered  101#5    bridge=c
    00:43.020  bridge_entered  trunk#9  bridge=c
    00:43.500  journal_callback_ended  cb-7  status=ANSWER cause=16 talk=21 consent=given extension=102
    01:10.000  hung_up         101#5
    01:10.010  hung_up         trunk#9`)
  expect(segmentsText(call('cb-7'))).toEqual([
    '102 callback 00:19.020 - 00:40.000',
    '101 transfer 00:43.020 - 01:10.000',
  ])
  expect(told).toContain('00:43.020 agent_joined 101')
  expect(told.at(-1)).toBe('01:10.010 callback_progressed ended')
})

test('the half that dials is named after the half that is answered', () => {
  expect(ringerOf('cb-7')).toBe('cu-7')
})
