import { expect, test } from 'vitest'
import type { AttemptOutcome, PromiseVerdict } from '#contract/callbacks.ts'
import { aPromise } from '../../../test/support/domain/a-promise.ts'
import { isRefused, next, type PromiseEvent, type PromiseState } from '../promise.ts'
import { lateUntilOf } from './verdict.ts'

/** 09:00 in Vietnam, and the end of that day's calling hours. */
const DUE = '2026-11-23T02:00:00.000Z'
const EVENING = '2026-11-23T14:30:00.000Z'
const AFTER = '2026-11-23T15:00:00.000Z'
const UNTRIED = aPromise({ attempts: 0, firstAttemptAt: null, verdict: null })

function after(promise: PromiseState, events: PromiseEvent[]): PromiseState {
  return events.reduce((now, event) => {
    const result = next(now, event)
    if (isRefused(result)) throw new Error(result.refused)
    return result
  }, promise)
}

function tried(
  submittedAt: string,
  outcome: AttemptOutcome = 'no_answer',
  number = 1,
): PromiseEvent[] {
  const attempt = { number, submittedAt }
  const retry = { most: 1, at: '2026-11-23T02:15:00.000Z' }
  return [
    { type: 'claimed' },
    { type: 'attempt_ended', attempt, outcome, source: 'evidence', retry },
  ]
}
function corrected(submittedAt: string, outcome: AttemptOutcome): PromiseEvent {
  return { type: 'corrected', attempt: { number: 1, submittedAt }, outcome }
}
const cancelled = (at: string, reason = 'khách không cần nữa'): PromiseEvent => {
  return { type: 'cancelled', reason, at }
}
const over = (at: string): PromiseEvent => ({ type: 'day_over', at })
const moved = (at: string, dueAt: string, agreed = false): PromiseEvent => {
  return { type: 'moved', at, dueAt, agreed, lateUntil: EVENING }
}
const said = (at: string): PromiseEvent => {
  return { type: 'outcome_given', outcome: 'reached', at, attempt: null }
}

test.each<[string, PromiseEvent[], PromiseVerdict | null]>([
  ['tried at the moment: kept', tried(DUE), 'kept'],
  ['tried 60 s later: kept', tried('2026-11-23T02:01:00.000Z'), 'kept'],
  ['tried a millisecond after that: late', tried('2026-11-23T02:01:00.001Z'), 'late'],
  ['dialled by hand before: kept', tried('2026-11-23T01:00:00.000Z'), 'kept'],
  ['tried just before the hours are over: late', tried('2026-11-23T14:29:59.999Z'), 'late'],
  ['tried when they are over: broken', tried(EVENING), 'broken'],
  ['nobody tried until the hours were over: broken', [over(EVENING)], 'broken'],
  ['the hours are not over: not known yet', [over('2026-11-23T14:29:59.999Z')], null],
  ['broken, tried afterwards: broken', [over(EVENING), ...tried(AFTER)], 'broken'],
  ['nothing was placed: not known yet', tried(DUE, 'not_placed'), null],
  [
    'nothing was placed, as if it had been tried: broken',
    [...tried(DUE, 'not_placed'), over(EVENING)],
    'broken',
  ],
  ['the agent did not pick up: an attempt', tried(DUE, 'agent_no_answer'), 'kept'],
  [
    'the retry is late, the first attempt was not: kept',
    [...tried(DUE), ...tried('2026-11-23T03:00:00.000Z', 'busy', 2)],
    'kept',
  ],
  [
    'a late word: it was placed after all',
    [...tried(DUE, 'not_placed'), over(EVENING), corrected(DUE, 'reached')],
    'kept',
  ],
  [
    'a late word: what was lost with its PBX was not placed',
    [...tried(DUE, 'pbx_lost'), corrected(DUE, 'not_placed')],
    null,
  ],
  [
    'a late word of a promise that was given up',
    [cancelled(AFTER), corrected(DUE, 'reached')],
    'kept',
  ],
  [
    'a person says that it was placed',
    [
      ...tried(DUE, 'not_placed'),
      {
        type: 'outcome_given',
        outcome: 'reached',
        at: AFTER,
        attempt: { number: 1, submittedAt: DUE },
      },
    ],
    'kept',
  ],
  ['a person needs no call any more, in time', [said(DUE)], 'kept'],
  ['a person needs no call any more, later', [said('2026-11-23T05:00:00.000Z')], 'late'],
  ['given up before the moment: not counted', [cancelled(DUE)], 'cancelled'],
  ['superseded before the moment: not counted', [cancelled(DUE, 'superseded')], 'superseded'],
  ['given up afterwards: broken', [cancelled('2026-11-23T02:01:00.001Z')], 'broken'],
  ['superseded afterwards: late', [cancelled('2026-11-23T05:00:00.000Z', 'superseded')], 'late'],
  ['superseded when the hours are over: broken', [cancelled(AFTER, 'superseded')], 'broken'],
  ['tried, then given up: as tried', [...tried(DUE), cancelled(AFTER)], 'kept'],
  [
    'superseded, then restored: not known yet',
    [cancelled(DUE, 'superseded'), { type: 'restored', dueAt: DUE }],
    null,
  ],
  [
    'moved before the moment: kept at the new one',
    [moved(DUE, '2026-11-23T04:00:00.000Z'), ...tried('2026-11-23T04:00:30.000Z')],
    'kept',
  ],
  [
    'moved after the moment: late',
    [
      moved('2026-11-23T02:00:00.001Z', '2026-11-23T04:00:00.000Z'),
      ...tried('2026-11-23T04:00:00.000Z'),
    ],
    'late',
  ],
  [
    'moved after it with the customer: kept',
    [
      moved('2026-11-23T03:00:00.000Z', '2026-11-23T04:00:00.000Z', true),
      ...tried('2026-11-23T04:00:00.000Z'),
    ],
    'kept',
  ],
  [
    'tried late, then moved with the customer: late',
    [
      ...tried('2026-11-23T03:00:00.000Z'),
      moved('2026-11-23T03:05:00.000Z', '2026-11-23T04:00:00.000Z', true),
    ],
    'late',
  ],
])('%s', (_what, events, verdict) => {
  expect(after(UNTRIED, events).verdict).toBe(verdict)
})

test('retries leave the promised moment', () => {
  const retried = after(UNTRIED, tried(DUE, 'busy'))
  expect(retried).toMatchObject({ promisedFor: DUE, dueAt: '2026-11-23T02:15:00.000Z' })
})

test('what an earlier release promised is never judged', () => {
  const old = { ...UNTRIED, lateUntil: null }
  expect(after(old, tried(DUE))).toMatchObject({ firstAttemptAt: DUE, verdict: null })
  expect(after(old, [over(AFTER)]).verdict).toBe(null)
})

test.each([
  ['in the hours', '2026-11-23T02:00:00.000Z', { from: '07:00', to: '21:30' }, EVENING],
  ['before them', '2026-11-22T22:00:00.000Z', { from: '07:00', to: '21:30' }, EVENING],
  [
    'after them',
    '2026-11-23T15:00:00.000Z',
    { from: '07:00', to: '21:30' },
    '2026-11-23T17:00:00.000Z',
  ],
  [
    'in the last minute of them',
    '2026-11-23T14:29:30.000Z',
    { from: '07:00', to: '21:30' },
    '2026-11-23T17:00:00.000Z',
  ],
  [
    'until midnight',
    '2026-11-23T02:00:00.000Z',
    { from: '00:00', to: '24:00' },
    '2026-11-23T17:00:00.000Z',
  ],
  [
    'in the last minute of the day',
    '2026-11-23T16:59:30.000Z',
    { from: '00:00', to: '24:00' },
    '2026-11-23T17:00:30.000Z',
  ],
])('a moment %s is late until the end of its day', (_what, promisedFor, hours, end) => {
  expect(lateUntilOf(promisedFor, hours)).toBe(end)
})

const NEXT_DAY = '2026-11-24T00:00:00.000Z'
const NEXT_EVENING = '2026-11-24T14:30:00.000Z'
const closed: PromiseEvent = { type: 'closed', dueAt: NEXT_DAY, lateUntil: NEXT_EVENING }

test.each<[string, PromiseEvent[], PromiseVerdict | null]>([
  ['not judged when the old day is over', [over(AFTER)], null],
  ['kept when it is called at its new moment', tried(NEXT_DAY), 'kept'],
  ['late when it is called later that day', tried('2026-11-24T02:00:00.000Z'), 'late'],
  ['broken when nobody called on that day', [over(NEXT_EVENING)], 'broken'],
])('what closing time made a promise of the next day is %s', (_what, events, verdict) => {
  expect(after(UNTRIED, [closed, ...events])).toMatchObject({ promisedFor: NEXT_DAY, verdict })
})

test('what was tried before closing time stays a promise of that day', () => {
  const late = after(UNTRIED, tried('2026-11-23T14:00:00.000Z'))
  expect(after(late, [closed])).toBe(late)
})
