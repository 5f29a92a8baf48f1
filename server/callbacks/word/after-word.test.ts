import { describe, expect, test } from 'vitest'
import type { AttemptOutcome } from '#contract/callbacks.ts'
import { aPromise } from '../../../test/support/domain/a-promise.ts'
import { type AttemptRef, NOT_REACHED } from '../policy/after-attempt.ts'
import { next, type PromiseEvent, type PromiseState } from '../promise.ts'

const DUE = '2026-11-23T02:00:00.000Z'
const NOW = '2026-11-23T02:10:00.000Z'
const AGAIN = '2026-11-23T02:25:00.000Z'
const GIVEN_UP = { status: 'cancelled', cancelReason: NOT_REACHED } as const

function said(
  outcome: AttemptOutcome,
  most = 2,
  attempt: AttemptRef | null = { number: 1, submittedAt: DUE },
): PromiseEvent {
  return { type: 'outcome_given', outcome, at: NOW, attempt, retry: { most, at: AGAIN } }
}

describe('a person says of the last attempt', () => {
  const again = { status: 'scheduled', dueAt: AGAIN, retries: 1 } as const
  test.each<[string, Partial<PromiseState>, PromiseEvent, Partial<PromiseState>]>([
    ['reached after all: its retry ends', { retries: 1 }, said('reached'), { status: 'done' }],
    ['reached, when it had failed', { status: 'failed' }, said('reached'), { status: 'done' }],
    ['reached, as the PBX said', { status: 'done' }, said('reached'), { status: 'done' }],
    [
      'reached at the third try, after it was given up',
      GIVEN_UP,
      said('reached'),
      { status: 'done', cancelReason: null },
    ],
    ['a machine, not the customer', { status: 'done' }, said('no_answer'), again],
    ['a machine, at the last try', { status: 'done' }, said('no_answer', 0), { status: 'failed' }],
    ['not reached, when it had failed', { status: 'failed' }, said('rejected'), again],
    ['not reached, as the PBX said: its retry stands', { retries: 1 }, said('no_answer'), {}],
    ['not reached, after it was given up', GIVEN_UP, said('no_answer'), GIVEN_UP],
    ['nobody’s number', { retries: 1 }, said('bad_number'), { status: 'failed' }],
  ])('%s', (_what, given, event, change) => {
    const promise = aPromise(given)
    expect(next(promise, event)).toEqual({ ...promise, ...change, version: 8 })
  })

  test.each<[string, Partial<PromiseState>, AttemptOutcome, RegExp]>([
    ['an attempt in progress', { status: 'dialing' }, 'reached', /being dialled now/],
    ['a promise that was superseded', { status: 'cancelled' }, 'reached', /cancelled/],
    ['what was never dialled', { attempts: 0 }, 'busy', /never dialled/],
  ])('nothing of %s', (_what, given, outcome, why) => {
    expect(next(aPromise(given), said(outcome))).toMatchObject({
      refused: expect.stringMatching(why),
    })
  })

  test('that it needs no call, though it was never dialled', () => {
    const needless = said('reached', 2, null)
    expect(next(aPromise({ attempts: 0 }), needless)).toMatchObject({ status: 'done' })
  })

  test('not reached, and the "dial now" that was pressed since stands', () => {
    const asked = { at: NOW, by: 'mai', version: 7 }
    expect(next(aPromise({ asked }), said('no_answer'))).toMatchObject({
      asked: { ...asked, version: 8 },
      version: 8,
    })
  })

  test('whatever it is, when it was tried stays what it is judged by', () => {
    for (const outcome of ['reached', 'no_answer'] as const) {
      const late = aPromise({ status: 'done', firstAttemptAt: NOW, verdict: 'late' })
      const attempt = { number: 2, submittedAt: AGAIN }
      expect(next(late, said(outcome, 2, attempt))).toMatchObject({
        firstAttemptAt: NOW,
        verdict: 'late',
      })
    }
  })
})
