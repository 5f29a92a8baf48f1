import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CALL_SCENARIOS } from '../../../test/support/call-scenarios.ts'
import { callEvents, play, segmentsText } from '../../../test/support/call-table.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import { holdSeconds } from '../conversation/durations.ts'

const scenarios = Object.entries(CALL_SCENARIOS)
const lastCallOf = (events: CallEvent[]) =>
  play(events)
    .applied.flatMap((one) => one.changed)
    .at(-1)

describe('one conversation on the hotline queue', () => {
  test('the first AgentConnect is the ticket moment', () => {
    const { told, call } = play(CALL_SCENARIOS['answered'] ?? '')
    expect(told).toEqual([
      '00:00.000 call_entered',
      '00:01.000 agent_ringing 101',
      '00:05.000 call_answered 101',
      '00:15.000 call_held',
      '00:25.000 call_resumed',
      '00:45.001 agent_left 101',
      '00:45.004 call_ended',
    ])
    expect(call()).toMatchObject({
      status: 'ended',
      outcome: 'answered',
      queue: 'hotline',
      enteredAt: '2026-11-23T02:00:00.000Z',
      answeredAt: '2026-11-23T02:00:05.000Z',
      ticketMomentAt: '2026-11-23T02:00:05.000Z',
    })
    expect(holdSeconds(call())).toBe(10)
    expect(segmentsText(call())).toEqual(['101 queue 00:05.000 - 00:45.001'])
  })

  test('losers of a ring-all race stop ringing and are no refusals', () => {
    expect(play(CALL_SCENARIOS['ringAll'] ?? '').told).toEqual([
      '00:00.000 call_entered',
      '00:01.000 agent_ringing 101',
      '00:01.002 agent_ringing 102',
      '00:04.901 agent_ring_ended 101 answered_elsewhere',
      '00:05.000 call_answered 102',
      '00:45.001 call_ended',
    ])
  })

  test('a phone that is not answered stops ringing and may ring again', () => {
    const { told } = play(`
      00:00.000  queue_joined          trunk#1
      00:01.000  agent_called          trunk#1  101#2
      00:16.000  agent_ring_no_answer  trunk#1  101#2
      00:16.001  dial_ended            trunk#1  101#2  status=NOANSWER
      00:17.000  agent_called          trunk#1  101#3
      00:19.000  agent_connected       trunk#1  101#3  hold=19`)
    expect(told.slice(1)).toEqual([
      '00:01.000 agent_ringing 101',
      '00:16.000 agent_ring_ended 101 no_answer',
      '00:17.000 agent_ringing 101',
      '00:19.000 call_answered 101',
    ])
  })

  test('an agent who hangs up during the announcement leaves the caller in the queue', () => {
    const { told, call } = play(`
      00:00.000  queue_joined  trunk#1
      00:01.000  agent_called  trunk#1  101#2
      00:03.000  dial_ended    trunk#1  101#2
      00:04.000  agent_dumped  trunk#1  101#2`)
    expect(told.at(-1)).toBe('00:04.000 agent_ring_ended 101 rejected')
    expect(call().status).toBe('waiting')
  })
})

describe('abandoned is decided at the caller’s Hangup', () => {
  test('QueueCallerAbandon and the leave alone decide nothing', () => {
    const { told, call } = play(`
      00:00.000  queue_joined     trunk#1
      00:20.000  queue_abandoned  trunk#1  hold=20
      00:20.001  queue_left       trunk#1`)
    expect(told).toEqual(['00:00.000 call_entered'])
    expect(call()).toMatchObject({ status: 'waiting', outcome: null })
  })

  test('a caller who hangs up while a phone rings has abandoned', () => {
    expect(play(CALL_SCENARIOS['abandonedWhileRinging'] ?? '').told).toEqual([
      '00:00.000 call_entered',
      '00:01.000 agent_ringing 101',
      '00:09.001 agent_ring_ended 101 caller_left',
      '00:09.004 call_abandoned',
      '00:09.004 call_ended',
    ])
  })

  test('a caller who hears the queue give up is a timeout and not abandoned', () => {
    const { told, call } = play(CALL_SCENARIOS['timeout'] ?? '')
    expect(told.at(-1)).toBe('00:24.000 call_ended')
    expect(told.join()).not.toContain('abandoned')
    expect(call().outcome).toBe('timeout')
  })

  test('a timeout that leads to another queue and an answer is an answered call', () => {
    const { told, call } = play(`
      00:00.000  queue_joined     trunk#1
      00:20.000  queue_abandoned  trunk#1  hold=20
      00:20.001  queue_left       trunk#1
      00:20.100  queue_joined     trunk#1
      00:25.000  agent_connected  trunk#1  101#2  hold=5
      00:45.000  hung_up          trunk#1`)
    expect(told).toContain('00:25.000 call_answered 101')
    expect(call()).toMatchObject({ outcome: 'answered', enteredAt: '2026-11-23T02:00:00.000Z' })
    expect(call().visits).toHaveLength(2)
  })

  test('AgentConnect of a caller who hung up during the announcement is still the ticket moment', () => {
    const { told, call } = play(`
      00:00.000  queue_joined     trunk#1
      00:05.000  hung_up          trunk#1
      00:05.010  agent_connected  trunk#1  101#2  hold=5`)
    expect(told.at(-1)).toBe('00:05.010 call_answered 101')
    expect(call()).toMatchObject({ status: 'ended', outcome: 'answered' })
  })
})

describe('who opens a ticket', () => {
  test('one of our own phones that calls a queue is no call of the hotline', () => {
    const { told } = play(`
      00:00.000  queue_joined     101#1
      00:05.000  agent_connected  101#1  102#2  hold=5`)
    expect(told).toEqual([])
  })

  test('an outside caller of a queue that is not the hotline’s is none either', () => {
    expect(play('00:00.000  queue_joined  trunk#1  queue=sales untagged=yes').told).toEqual([])
  })

  test('a tagged caller answered by another queue has no ticket, and the history says why', () => {
    const { told, timeline, call } = play(`
      00:00.000  queue_joined     trunk#1         queue=sales
      00:05.000  agent_connected  trunk#1  101#2  queue=sales hold=5
      00:45.000  hung_up          trunk#1`)
    expect(told).not.toContain('00:05.000 call_answered 101')
    expect(timeline).toContain('no_ticket reason=not_a_hotline_queue queue=sales')
    expect(call().outcome).toBe('answered')
  })

  test('a tagged call that bypasses the queue: DialEnd ANSWER and both bridge entries', () => {
    const { told, call, timeline } = play(CALL_SCENARIOS['direct'] ?? '')
    expect(told).toEqual([
      '00:00.000 call_entered',
      '00:00.000 agent_ringing 101',
      '00:04.020 call_answered 101',
      '00:44.000 agent_left 101',
      '00:44.010 call_ended',
    ])
    expect(call()).toMatchObject({ queue: null, outcome: 'answered' })
    expect(timeline).toContain('ticket_opened extension=101 rule=dialled_and_bridged')
  })

  test('DialEnd ANSWER without the bridge is no answer', () => {
    const { told } = play(`
      00:00.000  dial_begun      trunk#1  101#2
      00:04.000  dial_ended      trunk#1  101#2  status=ANSWER
      00:04.010  bridge_entered  101#2`)
    expect(told.join()).not.toContain('call_answered')
  })

  test('a hotline caller whom the dialplan sends to a mobile gets no ticket', () => {
    const { told } = play(`
      00:00.000  dial_begun      trunk#1  trunk#2
      00:04.000  dial_ended      trunk#1  trunk#2`)
    expect(told).toEqual([])
  })
})

describe('late, doubled and out-of-order events', () => {
  test('AgentConnect before the join: the exact entry is learnt later', () => {
    const { told, call } = play(`
      00:05.000  agent_connected  trunk#1  101#2  hold=5
      00:00.250  queue_joined     trunk#1`)
    expect(told).toEqual(['00:05.000 call_entered', '00:05.000 call_answered 101'])
    expect(call().enteredAt).toBe('2026-11-23T02:00:00.250Z')
    expect(call().visits).toHaveLength(1)
  })

  test('AgentComplete after both hangups, or without channels, changes nothing', () => {
    const answered = callEvents(CALL_SCENARIOS['ringAll'] ?? '')
    const late = callEvents(`
      00:46.000  agent_completed  trunk#1  102#3  talk=40
      00:46.001  agent_completed  -        -      talk=40 member=102`)
    expect(lastCallOf([...answered, ...late])).toEqual(lastCallOf(answered))
    expect(play([...answered, ...late]).facts).toHaveLength(play(answered).facts.length)
  })

  test('a Hangup that overtook the join ends the call at once', () => {
    const { told } = play(`
      00:00.100  hung_up       trunk#1
      00:00.000  queue_joined  trunk#1`)
    expect(told).toEqual([
      '00:00.000 call_entered',
      '00:00.100 call_abandoned',
      '00:00.100 call_ended',
    ])
  })

  test.each(scenarios)(
    '%s: each event doubled at once, and all of them again at the end',
    (_, table) => {
      const events = callEvents(table)
      const doubled = [...events.flatMap((event) => [event, event]), ...events]
      expect(lastCallOf(doubled)).toEqual(lastCallOf(events))
      expect(play(doubled).told).toEqual(play(events).told)
      expect(play(doubled).timeline).toEqual(play(events).timeline)
    },
  )

  test('any event doubled at any later moment: same end state, same facts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scenarios.map(([, table]) => table)),
        fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 6 }),
        (table, copies) => {
          const events = callEvents(table)
          const heard = [...events]
          for (const [which, delay] of copies) {
            const event = events[which % events.length]
            if (event === undefined) continue
            heard.splice(heard.indexOf(event) + 1 + (delay % heard.length), 0, event)
          }
          expect(lastCallOf(heard)).toEqual(lastCallOf(events))
          expect(play(heard).told).toEqual(play(events).told)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a ticket moment is told at most once, whatever the order of the events', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...scenarios.map(([, table]) => callEvents(table)))
          .chain((events) => fc.shuffledSubarray(events, { minLength: events.length })),
        (events) => {
          const { told } = play(events)
          expect(told.filter((fact) => fact.includes('call_answered')).length).toBeLessThan(2)
          expect(told.filter((fact) => fact.includes('call_ended')).length).toBeLessThan(2)
          expect(told.filter((fact) => fact.includes('call_entered')).length).toBeLessThan(2)
        },
      ),
      { numRuns: 300 },
    )
  })
})

test('two conversations through each other stay two', () => {
  const one = callEvents(CALL_SCENARIOS['answered'] ?? '')
  const other = callEvents(
    (CALL_SCENARIOS['pickup'] ?? '')
      .replaceAll('trunk#1', 'trunk#9')
      .replaceAll(/(10\d)#/g, '$1#9'),
  ).map((event) => (event.type === 'bridge_entered' ? { ...event, bridgeId: 'b9' } : event))
  const mixed = [...one, ...other].toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const { call } = play(mixed)
  expect(call('trunk#1')).toEqual(play(one).call('trunk#1'))
  expect(call('trunk#9')).toEqual(play(other).call('trunk#9'))
})

test('nothing of a call is left behind once it is forgotten', () => {
  const { book, applied } = play(`${CALL_SCENARIOS['attendedTransfer']}
    20:00.000  queue_joined  trunk#7
    20:01.000  hung_up       trunk#7`)
  expect(applied.flatMap((one) => one.dropped)).toEqual(['trunk#1'])
  expect(book.index.has('trunk#1') || book.index.has('102#4')).toBe(false)
  expect(book.live.known.size + book.live.bridges.size + book.live.localPeers.size).toBe(0)
})
