import { expect, test } from 'vitest'
import { liveChannel, snapshotAt } from '../../../test/support/call-snapshot.ts'
import { play, segmentsText } from '../../../test/support/call-table.ts'

const LEG = 'Local/hotline@callback-place'
const WAITING = `
  00:00.000  channel_created  ${LEG}=cb-7
  00:00.001  local_bridged    ${LEG}=cb-7  ${LEG}=pl-7
  00:00.010  queue_joined     ${LEG}=pl-7  num=0912345678`
const CONNECTED = `${WAITING}
  01:00.000  agent_called     ${LEG}=pl-7  101#2  num=0912345678
  01:00.001  dial_begun       ${LEG}=pl-7  101#2
  01:00.002  agent_called     ${LEG}=pl-7  102#3  num=0912345678
  01:04.000  dial_ended       ${LEG}=pl-7  102#3
  01:04.001  dial_ended       ${LEG}=pl-7  101#2  status=CANCEL
  01:04.002  hung_up          101#2  cause=26
  01:04.010  queue_left       ${LEG}=pl-7
  01:04.020  agent_connected  ${LEG}=pl-7  102#3  hold=64
  01:04.030  originate_responded  ${LEG}=cb-7
  01:04.040  bridge_entered   102#3  bridge=a
  01:04.041  bridge_entered   ${LEG}=pl-7  bridge=a`
const TALKING = `${CONNECTED}
  01:05.000  dial_begun       ${LEG}=cb-7  trunk#9  dial=PJSIP/0987654321@trunk
  01:12.000  dial_ended       ${LEG}=cb-7  trunk#9
  01:12.010  bridge_entered   trunk#9  bridge=b
  01:12.020  bridge_entered   ${LEG}=cb-7  bridge=b`

test('a place waits in the queue, counts in none and is nobody’s call', () => {
  const { told, counted, call } = play(WAITING)
  expect(told).toEqual(['00:00.000 callback_progressed in_queue'])
  expect(counted).toEqual([])
  expect(call('cb-7')).toMatchObject({ status: 'waiting', queue: null, visits: [] })
})

test('the queue rings agents for it, with the caller’s number, and gives it one', () => {
  const { told, call } = play(CONNECTED)
  expect(told).toEqual([
    '00:00.000 callback_progressed in_queue',
    '01:00.000 agent_ringing 101',
    '01:00.002 agent_ringing 102',
    '01:04.001 agent_ring_ended 101 answered_elsewhere',
    '01:04.020 callback_progressed agent_answered',
  ])
  expect(call('cb-7')).toMatchObject({
    callerIdNum: '0912345678',
    ticketMomentAt: null,
    segments: [],
    callback: { placedAgent: { uniqueid: '102#3', extension: '102' } },
  })
})

test('the agent talks once, on the phone that answered for the queue, to the number that was dialled', () => {
  const { told, call } = play(TALKING)
  expect(told.slice(-2)).toEqual([
    '01:05.000 callback_progressed customer_ringing',
    '01:12.000 callback_progressed talking',
  ])
  expect(segmentsText(call('cb-7'))).toEqual(['102 callback 01:12.000 -'])
  expect(call('cb-7').callerIdNum).toBe('0987654321')
})

test('who answered while nobody listened is seen beside the place', () => {
  const channels = [
    liveChannel(`${LEG}=cb-7`),
    liveChannel(`${LEG}=pl-7`, { bridgeId: 'a' }),
    liveChannel('102#3', { bridgeId: 'a' }),
  ]
  const { call } = play([snapshotAt('02:00.000', { channels })])
  expect(call('cb-7')).toMatchObject({
    callback: { stage: 'agent_answered', placedAgent: { extension: '102' } },
  })
})
