import { describe, expect, test } from 'vitest'
import { CALL_SCENARIOS } from '../../../test/support/call-scenarios.ts'
import { play, segmentsText } from '../../../test/support/call-table.ts'
import { holdSeconds } from '../conversation/durations.ts'

const TALKING = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:04.910  queue_left       trunk#1
  00:05.000  agent_connected  trunk#1  101#2  hold=5
  00:05.010  bridge_entered   trunk#1
  00:05.020  bridge_entered   101#2`

/** One conversation is one ticket: `call_answered` once, everybody else joins. */
function answers(told: string[]): number {
  return told.filter((fact) => fact.includes('call_answered')).length
}

describe('blind transfer', () => {
  test('to a queue: the same call with a second agent', () => {
    const { told, call } = play(CALL_SCENARIOS['blindTransferToQueue'] ?? '')
    expect(answers(told)).toBe(1)
    expect(told.slice(3, 6)).toEqual([
      '00:30.000 agent_left 101',
      '00:31.000 agent_ringing 102',
      '00:35.000 agent_joined 102',
    ])
    expect(segmentsText(call())).toEqual([
      '101 queue 00:05.000 - 00:30.000',
      '102 queue 00:35.000 - 00:59.000',
    ])
    expect(call().visits.map(({ queue }) => queue)).toEqual(['hotline', 'hotline-tech'])
    expect(call().queue).toBe('hotline')
  })

  test('to an extension: the phone that is dialled and meets the caller', () => {
    const { told, call } = play(`${TALKING}
      00:30.000  blind_transferred  trunk#1  101#2  exten=102
      00:30.001  bridge_left        trunk#1
      00:30.004  hung_up            101#2
      00:30.100  dial_begun         trunk#1  102#3
      00:33.000  dial_ended         trunk#1  102#3
      00:33.010  bridge_entered     102#3           bridge=b2
      00:33.020  bridge_entered     trunk#1         bridge=b2`)
    expect(told.slice(3)).toEqual([
      '00:30.000 agent_left 101',
      '00:30.100 agent_ringing 102',
      '00:33.020 agent_joined 102',
    ])
    expect(segmentsText(call()).at(-1)).toBe('102 transfer 00:33.020 -')
  })

  test('one that failed ends nothing', () => {
    const { told } = play(`${TALKING}
      00:30.000  blind_transferred  trunk#1  101#2  exten=999 failed=yes`)
    expect(told.at(-1)).toBe('00:05.000 call_answered 101')
  })

  test('to a mobile outside the agent is gone and nobody of ours joins', () => {
    const { told, call } = play(`${TALKING}
      00:30.000  blind_transferred  trunk#1  101#2  exten=0988777666
      00:30.100  dial_begun         trunk#1  trunk#5
      00:33.000  dial_ended         trunk#1  trunk#5`)
    expect(told.at(-1)).toBe('00:30.000 agent_left 101')
    expect(call().status).toBe('waiting')
  })
})

describe('attended transfer', () => {
  test('the target takes the agent’s place in the same bridge', () => {
    const { told, call } = play(CALL_SCENARIOS['attendedTransfer'] ?? '')
    expect(answers(told)).toBe(1)
    expect(told.slice(3)).toEqual([
      '00:20.000 call_held',
      '00:30.000 agent_joined 102',
      '00:30.000 agent_left 101',
      '00:30.000 call_resumed',
      '00:59.000 agent_left 102',
      '00:59.001 call_ended',
    ])
    expect(segmentsText(call())).toEqual([
      '101 queue 00:05.000 - 00:30.000',
      '102 transfer 00:30.000 - 00:59.000',
    ])
    expect(holdSeconds(call())).toBe(10)
  })

  test('the swap alone is enough when the transfer event was lost', () => {
    const { told } = play(`${TALKING}
      00:30.002  bridge_entered  102#4  swap=101#2
      00:30.004  hung_up         101#2`)
    expect(told.slice(3)).toEqual(['00:30.002 agent_joined 102', '00:30.002 agent_left 101'])
  })

  test('a consultation into a queue opens no ticket; on transfer its agent joins the call', () => {
    const { told, call, timeline } = play(`${TALKING}
      00:20.000  queue_joined          101#3           queue=hotline
      00:21.000  agent_called          101#3    102#4
      00:24.000  agent_connected       101#3    102#4  hold=4
      00:24.010  bridge_entered        101#3           bridge=b2
      00:24.020  bridge_entered        102#4           bridge=b2
      00:30.000  attended_transferred  trunk#1  102#4  by=101#2,101#3
      00:30.004  hung_up               101#2
      00:30.005  hung_up               101#3
      00:59.000  hung_up               102#4`)
    expect(answers(told)).toBe(1)
    expect(told.slice(3)).toEqual([
      '00:30.000 agent_joined 102',
      '00:30.000 agent_left 101',
      '00:59.000 agent_left 102',
    ])
    expect(timeline).toContain('no_ticket reason=internal_caller queue=hotline extension=101')
    expect(segmentsText(call()).at(-1)).toBe('102 transfer 00:30.000 - 00:59.000')
  })

  test('an agent who had a colleague on the older leg hands the customer to the colleague', () => {
    const { told } = play(`
      00:00.000  channel_created  102#8
      ${TALKING}
      00:30.000  attended_transferred  102#8  trunk#1  by=101#7,101#2`)
    expect(told.slice(3)).toEqual(['00:30.000 agent_joined 102', '00:30.000 agent_left 101'])
  })

  test('two customers put together keep their own calls', () => {
    const { told, call } = play(`${TALKING}
      00:10.000  queue_joined          trunk#5
      00:15.000  agent_connected       trunk#5  101#6   hold=5
      00:30.000  attended_transferred  trunk#1  trunk#5  by=101#2,101#6`)
    expect(answers(told)).toBe(2)
    expect(call('trunk#1').status).toBe('waiting')
    expect(call('trunk#5').status).toBe('waiting')
  })

  test('a cancelled consultation changes nothing', () => {
    const { told } = play(`${TALKING}
      00:20.000  queue_joined  101#3  queue=hotline
      00:25.000  hung_up       101#3`)
    expect(told.at(-1)).toBe('00:05.000 call_answered 101')
  })
})

describe('pickup', () => {
  test('the phone that picked up is the agent, whatever the queue’s member name', () => {
    const { told, call } = play(CALL_SCENARIOS['pickup'] ?? '')
    expect(told.slice(1, 4)).toEqual([
      '00:01.000 agent_ringing 101',
      '00:03.100 agent_ring_ended 101 answered_elsewhere',
      '00:03.200 call_answered 102',
    ])
    expect(segmentsText(call())).toEqual(['102 pickup 00:03.200 - 00:40.000'])
  })

  test('of a direct call is confirmed by the bridge', () => {
    const { told } = play(`
      00:00.000  dial_begun      trunk#1  101#2
      00:03.000  picked_up       102#3    101#2
      00:03.010  bridge_entered  trunk#1
      00:03.020  bridge_entered  102#3`)
    expect(told.at(-1)).toBe('00:03.020 call_answered 102')
  })

  test('of a phone that was answered meanwhile takes the talk from it', () => {
    const { told, call } = play(`${TALKING}
      00:05.400  picked_up        102#3    101#2
      00:05.410  agent_completed  trunk#1  101#2
      00:09.000  hung_up          102#3
      00:09.001  hung_up          trunk#1`)
    expect(told.slice(-4)).toEqual([
      '00:05.400 agent_joined 102',
      '00:05.400 agent_left 101',
      '00:09.000 agent_left 102',
      '00:09.001 call_ended',
    ])
    expect(segmentsText(call())).toEqual([
      '101 queue 00:05.000 - 00:05.400',
      '102 pickup 00:05.400 - 00:09.000',
    ])
  })
})

describe('Local channels', () => {
  test('a Local member is its extension, and the optimised phone is the same agent', () => {
    const { told, call } = play(CALL_SCENARIOS['localMember'] ?? '')
    expect(told).toEqual([
      '00:00.000 call_entered',
      '00:01.000 agent_ringing 101',
      '00:05.000 call_answered 101',
      '00:45.000 agent_left 101',
      '00:45.001 call_ended',
    ])
    expect(segmentsText(call())).toEqual(['101 queue 00:05.000 - 00:45.000'])
  })

  test('a Local half that joins a queue for a bridged caller is the same call', () => {
    const { told, call } = play(`${TALKING}
      00:30.000  local_bridged    Local/8001@agents#7  Local/8001@agents#8
      00:30.001  bridge_entered   Local/8001@agents#7
      00:30.002  queue_joined     Local/8001@agents#8         queue=hotline-tech
      00:35.000  agent_connected  Local/8001@agents#8  102#9  queue=hotline-tech hold=5`)
    expect(answers(told)).toBe(1)
    expect(told.at(-1)).toBe('00:35.000 agent_joined 102')
    expect(call().visits).toHaveLength(2)
  })
})

test('a phone that enters the caller’s bridge after the answer takes part', () => {
  const { told } = play(`${TALKING}
    00:20.000  bridge_entered  103#5`)
  expect(told.at(-1)).toBe('00:20.000 agent_joined 103')
})
