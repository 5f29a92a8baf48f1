import { expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { channel, play } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { endCall, hangUp, outcomeOfJournal } from './call-end.ts'

const heard = { at: time('00:30.000'), cause: 16, heard: true, outcome: null }

test('a heard end is final', () => {
  const over = endCall(aFreshCall(), heard)
  expect(endCall(over, { ...heard, at: time('00:40.000') })).toBe(over)
  expect(endCall(over, { ...heard, heard: false })).toBe(over)
})

test('an end that was only concluded is corrected by the Hangup', () => {
  const concluded = endCall(aFreshCall(), { ...heard, at: time('01:00.000'), heard: false })
  expect(endCall(concluded, heard)).toMatchObject({
    endedAt: time('00:30.000'),
    endHeard: true,
    hangupCause: 16,
  })
})

test('the zombie of a masquerade ends nothing', () => {
  const call = aFreshCall()
  const zombie = channel('trunk#1', { channel: 'PJSIP/trunk-1<ZOMBIE>' })
  const hungUp = { channel: zombie, cause: 16, context: 'hotline-queue', at: time('00:30.000') }
  expect(hangUp(call, hungUp)).toBe(call)
})

test.each([
  ['hotline-queue', 'abandoned'],
  ['hotline-closing', 'timeout'],
])('a caller who hangs up within a second of leaving the queue, in %s: %s', (context, outcome) => {
  const { call } = play(`
    00:00.000  queue_joined     trunk#1
    00:10.000  queue_abandoned  trunk#1
    00:10.001  queue_left       trunk#1
    00:10.900  hung_up          trunk#1  context=${context}`)
  expect(call()).toMatchObject({ outcome })
})

test('who hangs up in the closing prompt of a direct call, or of a full queue, was not answered', () => {
  const { call } = play(`
    00:00.000  queue_joined  trunk#1
    00:10.000  queue_left    trunk#1
    00:10.900  hung_up       trunk#1  context=hotline-closing`)
  expect(call()).toMatchObject({ outcome: 'not_answered' })
})

test('why the queue gave up who was found in the closing prompt is left to the journal when nobody heard it', () => {
  const { call } = play(`
    00:00.000  queue_joined  trunk#1
    00:10.900  hung_up       trunk#1  context=hotline-closing`)
  expect(call()).toMatchObject({ status: 'ended', toldOutcome: null })
})

test('an answered call that ends in the closing prompt of a second queue stays answered', () => {
  const { call } = play(`
    00:00.000  queue_joined     trunk#1
    00:05.000  agent_connected  trunk#1  101#2  hold=5
    00:10.000  hung_up          101#2
    00:10.900  hung_up          trunk#1  context=hotline-closing`)
  expect(call()).toMatchObject({ outcome: 'answered' })
})

test.each([
  [17, 'rejected'],
  [21, 'rejected'],
  [26, 'answered_elsewhere'],
  [19, 'no_answer'],
])('a phone that hangs up with cause %i stopped ringing: %s', (cause, reason) => {
  const { told } = play(`
    00:00.000  queue_joined  trunk#1
    00:01.000  agent_called  trunk#1  101#2
    00:09.000  hung_up       101#2    cause=${cause}`)
  expect(told.at(-1)).toBe(`00:09.000 agent_ring_ended 101 ${reason}`)
})

test('the journal’s words are outcomes, but for those that say nothing', () => {
  expect((['no_agents', 'left_in_notice', 'other'] as const).map(outcomeOfJournal)).toEqual([
    'not_answered',
    'left_in_notice',
    null,
  ])
})
