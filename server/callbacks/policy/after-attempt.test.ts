import { describe, expect, test } from 'vitest'
import type { AttemptOutcome } from '#contract/callbacks.ts'
import { aPromise } from '../../../test/support/domain/a-promise.ts'
import { next, type PromiseEvent, type PromiseState } from '../promise.ts'

const DUE = '2026-11-23T02:00:00.000Z'
const NOW = '2026-11-23T02:10:00.000Z'
const LATER = '2026-11-23T03:00:00.000Z'

function ended(outcome: AttemptOutcome, number = 1, most = 0): PromiseEvent {
  const attempt = { number, submittedAt: DUE }
  return { type: 'attempt_ended', attempt, outcome, source: 'evidence', retry: { most, at: LATER } }
}

function corrected(outcome: AttemptOutcome): PromiseEvent {
  return { type: 'corrected', attempt: { number: 1, submittedAt: DUE }, outcome }
}

function dialing(retries: number): PromiseState {
  return aPromise({ status: 'dialing', retries })
}

function end(outcome: AttemptOutcome): PromiseEvent {
  return ended(outcome, 1, 2)
}

describe('retries', () => {
  test.each(['busy', 'no_answer', 'rejected', 'not_accepted', 'left_waiting'] as const)(
    'a customer who was %s is tried again later, as often as the rules say',
    (outcome) => {
      const again = { status: 'scheduled', dueAt: LATER }
      expect(next(dialing(0), end(outcome))).toMatchObject({ ...again, retries: 1 })
      expect(next(dialing(1), end(outcome))).toMatchObject({ ...again, retries: 2 })
      expect(next(dialing(2), end(outcome))).toMatchObject({ status: 'failed', dueAt: DUE })
    },
  )

  test.each([
    'bad_number',
    'agent_no_answer',
    'abandoned_by_agent',
    'not_confirmed',
    'forwarded',
    'picked_up',
  ] as const)('%s is a person’s to decide', (outcome) => {
    expect(next(dialing(0), end(outcome))).toMatchObject({ status: 'failed' })
  })

  test('a person who chooses the time begins them anew', () => {
    const tried = aPromise({ status: 'failed', retries: 2 })
    expect(next(tried, { type: 'moved', dueAt: LATER, at: LATER, lateUntil: LATER })).toMatchObject(
      { retries: 0 },
    )
    expect(next(tried, { type: 'asked', at: NOW, by: 'mai' })).toMatchObject({ retries: 0 })
  })

  test('a late word that the customer was reached keeps the promise before its retry', () => {
    const waiting = aPromise({ dueAt: LATER, retries: 1 })
    expect(next(waiting, corrected('reached'))).toMatchObject({ status: 'done' })
  })
})

test.each([
  ['pbx_lost', LATER],
  ['trunk_fault', LATER],
  ['expired', DUE],
] as const)('%s is tried again, due %s, counts as no retry, and not for ever', (outcome, dueAt) => {
  const once = next(dialing(2), ended(outcome))
  expect(once).toMatchObject({ status: 'scheduled', dueAt, retries: 2, faults: 1 })
  const often = aPromise({ status: 'dialing', attempts: 5, faults: 4 })
  expect(next(often, ended(outcome, 5))).toMatchObject({ status: 'failed', dueAt: DUE })
  const chosen = aPromise({ status: 'failed', faults: 5 })
  expect(next(chosen, { type: 'moved', dueAt: LATER, at: DUE, lateUntil: LATER })).toMatchObject({
    faults: 0,
  })
})

test('a late word that the customer was reached keeps the promise before the next try of a fault', () => {
  const waiting = aPromise({ dueAt: LATER, faults: 1 })
  expect(next(waiting, corrected('reached'))).toMatchObject({ status: 'done' })
})
