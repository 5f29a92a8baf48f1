import { describe, expect, test } from 'vitest'
import type { CallbackEvidence } from '../calls/conversation/call.ts'
import { decideAttempt, isBetterKnown, journalEvidence } from './attempt-outcome.ts'

/** Seconds of talk from which on the customer was reached. */
const SHORTEST = 10
const AT = '2026-11-23T02:30:10.000Z'

function evidence(given: Partial<CallbackEvidence>): CallbackEvidence {
  return {
    stage: 'ended',
    agentAnsweredAt: null,
    confirmation: null,
    customerUniqueid: null,
    customerAnsweredAt: null,
    dialStatus: null,
    agentCause: null,
    customerCause: null,
    originateFailed: false,
    talkSeconds: null,
    placedAgent: null,
    customerFirst: null,
    ...given,
  }
}

const answered = { agentAnsweredAt: AT, customerUniqueid: 'cust-1' }

describe('the customer was dialled', () => {
  test.each([
    ['answered and bridged', { customerAnsweredAt: AT, customerCause: 16 }, 'reached'],
    ['DialEnd says ANSWER', { dialStatus: 'ANSWER', customerCause: 16 }, 'reached'],
    ['the journal counted talk time', { talkSeconds: 10 }, 'reached'],
    ['a mailbox took it', { customerAnsweredAt: AT, talkSeconds: 9 }, 'no_answer'],
    ['486 busy', { dialStatus: 'BUSY', customerCause: 17 }, 'busy'],
    ['busy by DialEnd alone', { dialStatus: 'BUSY' }, 'busy'],
    ['408', { customerCause: 18 }, 'no_answer'],
    ['480', { customerCause: 19, dialStatus: 'NOANSWER' }, 'no_answer'],
    ['rang out, leg cleared normally', { dialStatus: 'NOANSWER', customerCause: 16 }, 'no_answer'],
    ['603 declined', { customerCause: 21, dialStatus: 'CHANUNAVAIL' }, 'rejected'],
    ['410 changed', { customerCause: 22 }, 'bad_number'],
    ['484 incomplete', { customerCause: 28, dialStatus: 'CHANUNAVAIL' }, 'bad_number'],
    ['404 unallocated', { customerCause: 1, dialStatus: 'CHANUNAVAIL' }, 'bad_number'],
    ['502', { customerCause: 27 }, 'trunk_fault'],
    ['503', { customerCause: 34, dialStatus: 'CONGESTION' }, 'trunk_fault'],
    ['500', { customerCause: 38 }, 'trunk_fault'],
    ['congestion without a cause', { dialStatus: 'CONGESTION' }, 'trunk_fault'],
    ['no channel for the trunk', { dialStatus: 'CHANUNAVAIL', customerCause: 0 }, 'trunk_fault'],
    ['the dialplan refused the number', { dialStatus: 'INVALIDARGS' }, 'bad_number'],
    [
      'agent hung up while it rang',
      { dialStatus: 'CANCEL', customerCause: 127 },
      'abandoned_by_agent',
    ],
    [
      'cancelled leaves cause 19 too',
      { dialStatus: 'CANCEL', customerCause: 19 },
      'abandoned_by_agent',
    ],
    ['cause 16 and no DialEnd heard', { customerCause: 16 }, 'no_answer'],
  ] as const)('%s', (_name, given, outcome) => {
    expect(decideAttempt(evidence({ ...answered, ...given }), SHORTEST)).toBe(outcome)
  })
})

describe('the customer was not dialled', () => {
  test.each([
    [
      'agent answered and hung up at once',
      { agentAnsweredAt: AT, agentCause: 16 },
      'abandoned_by_agent',
    ],
    ['agent let it ring', { stage: 'agent_ringing', agentCause: 19 }, 'agent_no_answer'],
    ['agent pressed reject', { agentCause: 21 }, 'agent_no_answer'],
    ['agent was busy', { agentCause: 17, originateFailed: true }, 'agent_no_answer'],
    [
      'rang, then the phone vanished',
      { stage: 'agent_ringing', agentCause: 20 },
      'agent_no_answer',
    ],
    ['rang, then no cause was heard', { stage: 'agent_ringing' }, 'agent_no_answer'],
    ['phone not registered: no channel at all', { originateFailed: true }, 'not_placed'],
    ['device offline', { agentCause: 20, originateFailed: true }, 'not_placed'],
    ['nothing known', {}, 'not_placed'],
  ] as const)('%s', (_name, given, outcome) => {
    expect(decideAttempt(evidence(given), SHORTEST)).toBe(outcome)
  })

  test('a failed OriginateResponse does not overrule a customer who was reached', () => {
    const both = evidence({ originateFailed: true, customerAnsweredAt: AT })
    expect(decideAttempt(both, SHORTEST)).toBe('reached')
  })
})

describe('the journal alone', () => {
  const entry = { endedAt: AT, agentAnswered: true, dialStatus: 'ANSWER', hangupCause: 16 }
  test.each([
    ['talked', { talkSeconds: 31 }, 'reached'],
    ['picked up and gone', { talkSeconds: 9 }, 'no_answer'],
    ['busy', { dialStatus: 'BUSY', hangupCause: 17, talkSeconds: 0 }, 'busy'],
    ['no answer', { dialStatus: 'NOANSWER', hangupCause: 16, talkSeconds: 0 }, 'no_answer'],
    ['agent hung up before the dial', { dialStatus: null, talkSeconds: 0 }, 'abandoned_by_agent'],
    ['nobody pressed 1', { dialStatus: null, hangupCause: 18, talkSeconds: 0 }, 'not_confirmed'],
    [
      'agent never answered',
      { agentAnswered: false, dialStatus: null, hangupCause: 19, talkSeconds: 0 },
      'agent_no_answer',
    ],
  ] as const)('%s', (_name, given, outcome) => {
    expect(decideAttempt(journalEvidence({ ...entry, ...given }), SHORTEST)).toBe(outcome)
  })
})

describe('a word after the end of an attempt', () => {
  test.each([
    ['reached', 'busy', true],
    ['reached', 'not_placed', true],
    ['reached', null, true],
    ['busy', 'not_placed', true],
    ['busy', 'no_answer', false],
    ['busy', 'reached', false],
    ['not_placed', 'reached', false],
    ['reached', 'reached', false],
    ['not_placed', 'not_placed', false],
    ['not_placed', 'agent_no_answer', true],
    ['not_placed', 'no_answer', false],
  ] as const)('%s after %s knows it better: %s', (heard, known, isBetter) => {
    expect(isBetterKnown(heard, known)).toBe(isBetter)
  })
})

test.each([
  { originateFailed: true, agentCause: 19 },
  { originateFailed: true, agentCause: 0 },
  { agentCause: 26 },
])('a place in a queue that ended before an agent came was lost: %j', (given) => {
  expect(decideAttempt(evidence({ stage: 'in_queue', ...given }), SHORTEST)).toBe('place_lost')
})

describe('the customer was rung first', () => {
  const rung = { pickedUpAt: null, consent: null }
  const picked = { pickedUpAt: AT, consent: null }
  test.each([
    ['talked to an agent', { customerAnsweredAt: AT, talkSeconds: 10 }, 'reached'],
    ['talked too shortly', { customerAnsweredAt: AT, talkSeconds: 9 }, 'no_answer'],
    ['pressed 1 and left', { customerFirst: { ...picked, consent: 'given' } }, 'left_waiting'],
    ['was asked and left', { customerFirst: { ...picked, consent: 'asked' } }, 'not_accepted'],
    ['picked up and left', { customerFirst: picked, customerUniqueid: 'c' }, 'not_accepted'],
    ['was busy', { customerUniqueid: 'c', dialStatus: 'BUSY', customerCause: 17 }, 'busy'],
    ['declined', { customerUniqueid: 'c', dialStatus: 'BUSY', customerCause: 21 }, 'rejected'],
    ['is nobody', { customerUniqueid: 'c', customerCause: 1 }, 'bad_number'],
    ['did not answer', { customerUniqueid: 'c', dialStatus: 'NOANSWER' }, 'no_answer'],
    ['was let ring no more', { customerUniqueid: 'c', dialStatus: 'CANCEL' }, 'no_answer'],
    ['could not be dialled', { agentCause: 34 }, 'trunk_fault'],
    ['may not be dialled', { agentCause: 28 }, 'bad_number'],
    ['was ordered too late', { agentCause: 102 }, 'expired'],
    ['was never rung', { originateFailed: true }, 'not_placed'],
  ] as const)('and %s', (_name, given, outcome) => {
    expect(decideAttempt(evidence({ customerFirst: rung, ...given }), SHORTEST)).toBe(outcome)
  })

  const entry = { endedAt: AT, agentAnswered: false, hangupCause: 16, talkSeconds: 0 }
  test.each([
    ['given', 'ANSWER', { agentAnswered: true, talkSeconds: 30 }, 'reached'],
    ['given', 'ANSWER', { agentAnswered: true, talkSeconds: 9 }, 'no_answer'],
    ['given', 'ANSWER', {}, 'left_waiting'],
    ['asked', 'ANSWER', {}, 'not_accepted'],
    ['none', 'BUSY', { hangupCause: 17 }, 'busy'],
    ['none', 'NOANSWER', {}, 'no_answer'],
    ['none', null, { hangupCause: 102 }, 'expired'],
  ] as const)('by the journal: %s, %s, %j', (consent, dialStatus, given, outcome) => {
    const words = journalEvidence({ ...entry, consent, dialStatus, ...given })
    expect(decideAttempt(words, SHORTEST)).toBe(outcome)
  })
})
