import { describe, expect, test } from 'vitest'
import { play, segmentsText } from '../../test/support/call-table.ts'

const ANSWERED = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:01.001  dial_begun       trunk#1  101#2
  00:01.002  agent_called     trunk#1  102#3
  00:01.003  dial_begun       trunk#1  102#3
  00:04.900  dial_ended       trunk#1  101#2  status=ANSWER
  00:04.901  dial_ended       trunk#1  102#3  status=CANCEL
  00:04.902  hung_up          102#3           cause=26
  00:04.910  queue_left       trunk#1
  00:05.000  agent_connected  trunk#1  101#2  hold=5 ring=4
  00:05.010  bridge_entered   trunk#1
  00:05.020  bridge_entered   101#2`

describe('one conversation on the hotline queue', () => {
  test('the first AgentConnect is the ticket moment, and the loser of the race stops ringing', () => {
    const { told, call } = play(`${ANSWERED}
      00:45.000  agent_completed  trunk#1  101#2  talk=40 reason=agent
      00:45.001  hung_up          101#2
      00:45.002  hung_up          trunk#1`)
    expect(told).toEqual([
      '00:00.000 call_entered',
      '00:01.000 agent_ringing 101',
      '00:01.002 agent_ringing 102',
      '00:04.901 agent_ring_ended 102 answered_elsewhere',
      '00:05.000 call_answered 101',
      '00:45.000 agent_left 101',
      '00:45.002 call_ended',
    ])
    expect(call()).toMatchObject({
      status: 'ended',
      outcome: 'answered',
      queue: 'hotline',
      enteredAt: '2026-11-23T02:00:00.000Z',
      answeredAt: '2026-11-23T02:00:05.000Z',
      ticketMomentAt: '2026-11-23T02:00:05.000Z',
    })
    expect(segmentsText(call())).toEqual(['101 queue 00:05.000 - 00:45.000'])
  })
})
