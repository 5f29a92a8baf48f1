import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/table-time.ts'
import type { Call, InboundCall, Ring } from './call.ts'
import { deriveStatus } from './derive-status.ts'

const at = time('00:30.000')
function visit(leftAt: string | null, abandonSaid = false): Call['visits'][number] {
  const stay = { queue: 'hotline', joinedAt: time('00:00.000'), heard: true, leaveHeard: true }
  return { ...stay, leftAt, abandonSaid }
}
function ring(endedAt: string | null): Ring {
  return {
    agentUniqueid: '101#2',
    extension: '101',
    by: 'dial',
    startedAt: time('00:01.000'),
    answeredAt: null,
    bridgedAt: null,
    endedAt,
    end: endedAt === null ? null : 'no_answer',
  }
}

const sent = (endedAt: string) => ({ ...ring(endedAt), startedAt: time('00:21.000') })

describe('the outcome', () => {
  const ended = { endedAt: at, endHeard: true }
  test.each<[string, Partial<InboundCall>, Call['outcome']]>([
    ['none before the end', {}, null],
    [
      'answered, whatever else was said',
      { ...ended, answeredAt: at, toldOutcome: 'timeout' },
      'answered',
    ],
    ['what the dialplan said', { ...ended, toldOutcome: 'timeout' }, 'timeout'],
    ['unobserved when nobody heard the end', { endedAt: at }, 'unobserved'],
    ['abandoned in the queue', { ...ended, visits: [visit(null)] }, 'abandoned'],
    [
      'abandoned just after the leave',
      { ...ended, visits: [visit(time('00:29.000'))] },
      'abandoned',
    ],
    [
      'abandoned up to two seconds after it',
      { ...ended, visits: [visit(time('00:28.000'), true)] },
      'abandoned',
    ],
    ['timeout from then on', { ...ended, visits: [visit(time('00:27.999'), true)] }, 'timeout'],
    [
      'timeout long after the queue gave up',
      { ...ended, visits: [visit(time('00:20.000'), true)] },
      'timeout',
    ],
    [
      'abandoned while the phone rang to which a supervisor sent the caller',
      {
        ...ended,
        visits: [visit(time('00:20.000'), true)],
        rings: [{ ...ring(time('00:29.000')), startedAt: time('00:20.100') }],
      },
      'abandoned',
    ],
    [
      'not answered after an exit by key',
      { ...ended, visits: [visit(time('00:20.000'))] },
      'not_answered',
    ],
    [
      'not answered when the caller was seen alive out of the queue',
      { ...ended, visits: [{ ...visit(time('00:29.000')), leaveHeard: false }] },
      'not_answered',
    ],
    [
      'timeout when the queue also said that it gave up',
      { ...ended, visits: [{ ...visit(time('00:29.000'), true), leaveHeard: false }] },
      'timeout',
    ],
    [
      'abandoned while a phone rang to which a supervisor had sent the caller',
      { ...ended, visits: [visit(time('00:20.000'), true)], rings: [sent(time('00:29.000'))] },
      'abandoned',
    ],
    [
      'timeout when that phone had rung before the queue gave up',
      { ...ended, visits: [visit(time('00:20.000'), true)], rings: [ring(time('00:29.000'))] },
      'timeout',
    ],
    ['abandoned while a direct call rang', { ...ended, rings: [ring(null)] }, 'abandoned'],
    [
      'not answered long after a direct ring',
      { ...ended, rings: [ring(time('00:20.000'))] },
      'not_answered',
    ],
  ])('is %s', (_, change, outcome) => {
    expect(deriveStatus(aFreshCall(change)).outcome).toBe(outcome)
  })

  test('of a callback that nobody answered is not answered', () => {
    expect(deriveStatus(aFreshCallback({}, ended)).outcome).toBe('not_answered')
  })
})

describe('the status', () => {
  test.each<[Call, Call['status']]>([
    [aFreshCall(), 'waiting'],
    [aFreshCall({ rings: [ring(null)] }), 'ringing'],
    [aFreshCall({ rings: [ring(at)] }), 'waiting'],
    [aFreshCallback({ stage: 'agent_ringing' }), 'ringing'],
    [aFreshCallback({ agentAnsweredAt: at }), 'waiting'],
    [aFreshCallback({ customerUniqueid: 'trunk#2' }), 'ringing'],
    [aFreshCall({ endedAt: at, rings: [ring(null)] }), 'ended'],
  ])('%# follows from the evidence', (call, status) => {
    expect(deriveStatus(call).status).toBe(status)
  })
})

test('what is derived already is the same call', () => {
  const call = deriveStatus(aFreshCall({ rings: [ring(null)] }))
  expect(deriveStatus(call)).toBe(call)
  const callback = deriveStatus(aFreshCallback({ agentAnsweredAt: at }))
  expect(deriveStatus(callback)).toBe(callback)
})
