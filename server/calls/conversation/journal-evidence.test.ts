import { describe, expect, test } from 'vitest'
import { CALL_SCENARIOS } from '../../../test/support/call-scenarios.ts'
import { play, segmentsText } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { journalQueue } from './journal-evidence.ts'

describe('an answer that only the journal knows', () => {
  test('of an unknown call is the ticket moment, marked recovered', () => {
    const { told, call } = play(`
      00:05.000  journal_answered  trunk#1  received=00:00.000 extension=101
      00:45.000  journal_ended     trunk#1  received=00:00.000 outcome=answered`)
    expect(told).toEqual([
      '00:05.000 call_entered',
      '00:05.000 call_answered 101',
      '00:45.000 call_ended',
    ])
    expect(call()).toMatchObject({
      recovered: true,
      outcome: 'answered',
      queue: 'hotline',
      enteredAt: time('00:00.000'),
      answeredAt: time('00:05.000'),
    })
    expect(segmentsText(call())).toEqual(['101 recovered 00:05.000 - 00:45.000'])
  })

  test('is the same when its end is read first', () => {
    const { told, call } = play(`
      00:45.000  journal_ended     trunk#1  received=00:00.000 outcome=answered
      00:05.000  journal_answered  trunk#1  received=00:00.000 extension=101`)
    expect(told.join()).not.toContain('abandoned')
    expect(told.at(-1)).toBe('00:05.000 call_answered 101')
    expect(call().outcome).toBe('answered')
  })

  test('of a direct call is one too', () => {
    const { told, call } = play(
      '00:05.000  journal_answered  trunk#1  received=00:00.000 queue=direct',
    )
    expect(told.at(-1)).toBe('00:05.000 call_answered 101')
    expect(call().queue).toBeNull()
  })

  test('by another queue is answered and no ticket moment', () => {
    const { told, call } = play(
      '00:05.000  journal_answered  trunk#1  received=00:00.000 queue=sales',
    )
    expect(told).toEqual(['00:05.000 call_entered', '00:05.000 answered_without_ticket 101'])
    expect(call()).toMatchObject({ ticketMomentAt: null, status: 'talking' })
  })

  test('of a caller who comes back to the queue within seconds is the end of the first stay', () => {
    const { call } = play(`
      00:16.000  journal_answered  trunk#1  received=00:10.000 extension=101 hold=3
      00:17.500  queue_joined      trunk#1
      00:19.000  queue_left        trunk#1
      00:19.002  agent_connected   trunk#1  102#3  hold=1`)
    expect(call()).toMatchObject({ enteredAt: time('00:13.000'), answeredAt: time('00:16.000') })
    expect(call().visits.map(({ joinedAt, leftAt }) => [joinedAt, leftAt])).toEqual([
      [time('00:13.000'), time('00:16.000')],
      [time('00:17.500'), time('00:19.000')],
    ])
  })

  test('and an AgentConnect that comes after it are one answer', () => {
    const { told, call } = play(`
      00:00.000  queue_joined      trunk#1
      00:04.990  journal_answered  trunk#1         received=00:00.000 extension=101
      00:05.000  agent_connected   trunk#1  101#2  hold=5
      00:45.000  hung_up           101#2`)
    expect(told.filter((fact) => fact.includes('call_answered'))).toHaveLength(1)
    expect(segmentsText(call())).toEqual(['101 queue 00:05.000 - 00:45.000'])
    expect(call()).toMatchObject({
      answeredAt: time('00:05.000'),
      ticketMomentAt: time('00:05.000'),
    })
  })

  test('that a bridge had been the first word of corrects from when on the caller had it', () => {
    const { call } = play(`
      00:00.000  queue_joined      trunk#1
      00:04.910  queue_left        trunk#1
      00:05.010  bridge_entered    trunk#1
      00:05.020  bridge_entered    101#2
      00:04.990  journal_answered  trunk#1  received=00:00.000 extension=101`)
    expect(call()).toMatchObject({
      answeredAt: time('00:04.990'),
      ticketMomentAt: time('00:04.990'),
    })
  })
})

describe('what was heard already', () => {
  test('the journal changes nothing', () => {
    const events = CALL_SCENARIOS['answered'] ?? ''
    const again = play(`${events}
      00:05.001  journal_answered  trunk#1  received=00:00.000 extension=101
      00:45.005  journal_ended     trunk#1  received=00:00.000 outcome=answered`)
    expect(again.told).toEqual(play(events).told)
    expect(again.timeline).toEqual(play(events).timeline)
  })
})

describe('a call that was passed on while nobody listened', () => {
  const ANSWERED = `
      00:05.000  journal_answered  trunk#1  received=00:00.000 extension=101`
  const PASSED_ON = `
      00:20.000  journal_answered  trunk#1  received=00:00.000 extension=102 later=yes`
  const OVER = `
      00:45.000  journal_ended     trunk#1  received=00:00.000 outcome=answered`
  const BOTH = ['101 recovered 00:05.000 - 00:20.000', '102 transfer 00:20.000 - 00:45.000']

  test('and is over has both agents, and one answer', () => {
    const { told, call } = play(ANSWERED + PASSED_ON + OVER)
    expect(segmentsText(call())).toEqual(BOTH)
    expect(call().answeredAt).toBe(time('00:05.000'))
    expect(told.filter((fact) => fact.includes('call_answered'))).toHaveLength(1)
  })

  test('has them when the end was known first, and once however often the journal is read', () => {
    const { call } = play(ANSWERED + OVER + PASSED_ON + ANSWERED + PASSED_ON + OVER)
    expect(segmentsText(call())).toEqual(BOTH)
  })

  test('had the agent of whom was heard up to then, and no other', () => {
    const heard = `
      00:00.000  queue_joined     trunk#1
      00:05.000  agent_connected  trunk#1  101#2  hold=5`
    const { call } = play(heard + PASSED_ON)
    expect(segmentsText(call())).toEqual([
      '101 queue 00:05.000 - 00:20.000',
      '102 transfer 00:20.000 -',
    ])
  })

  test('is no new call when only the second answer is known', () => {
    expect(play(PASSED_ON).told).toEqual([])
  })

  test('is as it was heard when it was heard', () => {
    const events = CALL_SCENARIOS['blindTransferToQueue'] ?? ''
    const again = play(`${events}
      00:05.001  journal_answered  trunk#1  received=00:00.000 extension=101
      00:34.990  journal_answered  trunk#1  received=00:00.000 extension=102 later=yes`)
    expect(again.told).toEqual(play(events).told)
    expect(again.call().segments).toEqual(play(events).call().segments)
  })
})

describe('an end that only the journal knows', () => {
  test.each([
    ['abandoned', 'abandoned'],
    ['timeout', 'timeout'],
    ['no_agents', 'not_answered'],
  ])('%s is %s', (told, outcome) => {
    const { call } = play(`
      00:00.000  queue_joined   trunk#1
      00:45.000  journal_ended  trunk#1  received=00:00.000 outcome=${told}`)
    expect(call()).toMatchObject({ status: 'ended', outcome })
  })

  test.each([
    ['queue_left    trunk#1', '00:45.900  hung_up  trunk#1  context=hotline-closing'],
    ['hung_up  trunk#1  context=hotline-closing', '00:45.900  queue_left    trunk#1'],
  ])('says of who was found in the closing prompt how the wait ended (%s first)', (one, other) => {
    const { call } = play(`
      00:00.000  queue_joined   trunk#1
      00:45.000  ${one}
      ${other}
      00:46.000  journal_ended  trunk#1  received=00:00.000 outcome=timeout`)
    expect(call()).toMatchObject({ status: 'ended', outcome: 'timeout' })
  })

  test('of nobody knows what is no call', () => {
    const { told } = play('00:45.000  journal_ended  trunk#1  received=00:00.000 outcome=other')
    expect(told).toEqual([])
  })

  test('in the notice is a call that entered the service, and neither a caller nor missed', () => {
    const { told, counted, call } = play(
      '00:04.000  journal_ended  trunk#1  received=00:00.000 outcome=left_in_notice',
    )
    expect(told).toEqual(['00:04.000 call_ended'])
    expect(counted).toEqual(['00:04.000 hotline entered+1'])
    expect(call()).toMatchObject({
      outcome: 'left_in_notice',
      queue: null,
      enteredAt: time('00:00.000'),
      endedAt: time('00:04.000'),
      receivedAt: time('00:00.000'),
    })
  })

  test('tells when the caller reached the service, also of a call that was heard', () => {
    const { call } = play(`
      00:40.000  queue_joined   trunk#1
      00:45.000  hung_up        trunk#1
      00:45.001  journal_ended  trunk#1  received=00:10.000 outcome=abandoned`)
    expect(call()).toMatchObject({ enteredAt: time('00:40.000'), receivedAt: time('00:10.000') })
  })
})

test('the dialplan writes direct where there is no queue', () => {
  expect(['direct', '', 'hotline'].map(journalQueue)).toEqual([null, null, 'hotline'])
})
