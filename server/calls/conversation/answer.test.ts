import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { channel, play, RULES, segmentsText } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { journalLeg, markTicketMoment, ringAgent } from './answer.ts'

describe('the end of a dialled phone’s ringing', () => {
  test.each([
    ['NOANSWER', 'no_answer'],
    ['BUSY', 'rejected'],
    ['CONGESTION', 'rejected'],
    ['CANCEL', 'caller_left'],
  ])('%s is %s', (status, reason) => {
    const { told } = play(`
      00:00.000  dial_begun  trunk#1  101#2
      00:09.000  dial_ended  trunk#1  101#2  status=${status}`)
    expect(told.at(-1)).toBe(`00:09.000 agent_ring_ended 101 ${reason}`)
  })

  test('a DialEnd of which the DialBegin was lost rings nobody', () => {
    const { told } = play(`
      00:00.000  queue_joined  trunk#1
      00:09.000  dial_ended    trunk#1  101#2  status=NOANSWER
      00:09.001  agent_called  trunk#1  101#2`)
    expect(told).toEqual(['00:00.000 call_entered'])
  })
})

test('a phone in a queue is answered by AgentConnect alone, never by the bridge', () => {
  const { told } = play(`
    00:00.000  queue_joined    trunk#1
    00:01.000  agent_called    trunk#1  101#2
    00:03.000  dial_ended      trunk#1  101#2
    00:03.010  bridge_entered  101#2
    00:03.020  bridge_entered  trunk#1`)
  expect(told.join()).not.toContain('call_answered')
})

test('an agent who is bridged with a caller out of the queue was connected in a gap', () => {
  const { told, call } = play(`
    00:00.000  queue_joined    trunk#1
    00:01.000  agent_called    trunk#1  101#2
    00:03.000  queue_left      trunk#1
    00:03.010  bridge_entered  trunk#1
    00:03.020  bridge_entered  101#2`)
  expect(told.at(-1)).toBe('00:03.020 call_answered 101')
  expect(call().recovered).toBe(true)
})

test('an AgentConnect that comes after the bridge corrects from when on the caller had an answer', () => {
  const { call, facts } = play(`
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1  101#2
    00:19.910  queue_left       trunk#1
    00:20.010  bridge_entered   trunk#1
    00:20.020  bridge_entered   101#2
    00:20.000  agent_connected  trunk#1  101#2  hold=20`)
  const at = time('00:20.000')
  expect(call()).toMatchObject({ answeredAt: at, ticketMomentAt: at })
  expect(facts.at(-1)).toMatchObject({
    type: 'call_counted',
    before: { answered: 1, withinLevel: 0 },
    after: { answered: 1, withinLevel: 1 },
  })
})

test('the same of a call that was picked up', () => {
  const { call } = play(`
    00:00.000  queue_joined     trunk#1
    00:01.000  agent_called     trunk#1  101#2
    00:04.900  picked_up        102#3    101#2
    00:04.910  queue_left       trunk#1
    00:05.010  bridge_entered   trunk#1
    00:05.020  bridge_entered   102#3
    00:05.000  agent_connected  trunk#1  102#3  member=101 hold=5`)
  const at = time('00:05.000')
  expect(call()).toMatchObject({ answeredAt: at, ticketMomentAt: at })
  expect(segmentsText(call())).toEqual(['102 pickup 00:05.000 -'])
})

test('AgentConnect keeps a member name that is no extension', () => {
  const { told } = play(`
    00:00.000  queue_joined     trunk#1
    00:05.000  agent_connected  trunk#1  Local/x@agents#2  member=Lan hold=5`)
  expect(told.at(-1)).toBe('00:05.000 call_answered Lan')
})

test('the ticket moment is marked once, and never on a callback', () => {
  const marked = markTicketMoment(aFreshCall(), time('00:05.000'))
  expect(markTicketMoment(marked, time('00:06.000'))).toBe(marked)
  const callback = aFreshCallback()
  expect(markTicketMoment(callback, time('00:05.000'))).toBe(callback)
})

test('a phone outside is no agent', () => {
  const call = aFreshCall()
  expect(ringAgent(call, channel('trunk#2'), null, time('00:01.000'), RULES)).toBe(call)
})

test('the journal’s agents have a channel of their own name', () => {
  expect(journalLeg('101')).toBe('journal:101')
})
