import { describe, expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/call-table.ts'
import type { Call, Ring } from './call.ts'
import { deriveStatus } from './derive-status.ts'
import { NO_EVIDENCE } from '../callback-call/callback-legs.ts'

const at = time('00:30.000')
function visit(leftAt: string | null, abandonSaid = false): Call['visits'][number] {
  return { queue: 'hotline', joinedAt: time('00:00.000'), heard: true, leftAt, abandonSaid }
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

describe('the outcome', () => {
  const ended = { endedAt: at, endHeard: true }
  test.each<[string, Partial<Call>, Call['outcome']]>([
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
      'timeout long after the queue gave up',
      { ...ended, visits: [visit(time('00:20.000'), true)] },
      'timeout',
    ],
    [
      'not answered after an exit by key',
      { ...ended, visits: [visit(time('00:20.000'))] },
      'not_answered',
    ],
    ['abandoned while a direct call rang', { ...ended, rings: [ring(null)] }, 'abandoned'],
    [
      'not answered long after a direct ring',
      { ...ended, rings: [ring(time('00:20.000'))] },
      'not_answered',
    ],
    ['not answered of a callback', { ...ended, callback: NO_EVIDENCE }, 'not_answered'],
  ])('is %s', (_, change, outcome) => {
    expect(deriveStatus(aFreshCall(change)).outcome).toBe(outcome)
  })
})

describe('the status', () => {
  test.each<[Partial<Call>, Call['status']]>([
    [{}, 'waiting'],
    [{ rings: [ring(null)] }, 'ringing'],
    [{ rings: [ring(at)] }, 'waiting'],
    [{ callback: { ...NO_EVIDENCE, stage: 'agent_ringing' } }, 'ringing'],
    [{ endedAt: at, rings: [ring(null)] }, 'ended'],
  ])('%# follows from the evidence', (change, status) => {
    expect(deriveStatus(aFreshCall(change)).status).toBe(status)
  })
})

test('a callback’s talk time runs from the customer’s answer to the end of that leg', () => {
  const callback = { ...NO_EVIDENCE, customerAnsweredAt: time('00:10.000') }
  const change = { callback, endedAt: at, endHeard: true, customerLegEndedAt: time('00:25.000') }
  expect(deriveStatus(aFreshCall(change)).callback).toMatchObject({
    stage: 'talking',
    talkSeconds: 15,
  })
})

test('what stands already is the same call', () => {
  const call = deriveStatus(aFreshCall({ rings: [ring(null)] }))
  expect(deriveStatus(call)).toBe(call)
})
