import {
  array,
  assert,
  constant,
  constantFrom,
  integer,
  oneof,
  pre,
  property,
  record,
  type Arbitrary,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attemptOutcome } from '#contract/callbacks.ts'
import { aPromise } from '../../test/support/domain/a-promise.ts'
import { isRefused, next, type PromiseEvent, type PromiseState } from './promise.ts'

const START = aPromise()

/** What becomes of it; refused events change nothing. */
function run(promise: PromiseState, events: PromiseEvent[]): PromiseState {
  return events.reduce((now, event) => {
    const result = next(now, event)
    return isRefused(result) ? now : result
  }, promise)
}

const instants = constantFrom(
  '2026-11-23T01:30:00.000Z',
  '2026-11-23T02:00:00.000Z',
  '2026-11-23T02:10:00.000Z',
  '2026-11-23T03:00:00.000Z',
)
const people = constantFrom('mai', 'lan')
const attempts = record({ number: integer({ min: 1, max: 4 }), submittedAt: instants })
const outcomes = constantFrom(...attemptOutcome.options)
const sources = constantFrom('evidence', 'no_trace', 'trace_lost', 'refused', 'not_written')
const events = oneof(
  record({ type: constant('moved'), dueAt: instants, at: instants, lateUntil: instants }),
  record({ type: constant('asked'), at: instants, by: people }),
  record({ type: constant('handed_over'), assigneeId: people }),
  record({ type: constant('cancelled'), reason: constant('x'), at: instants }),
  record({ type: constant('claimed') }),
  record({ type: constant('held_up'), by: constantFrom('agent', 'pbx', 'customer', 'hours') }),
  record({
    type: constant('attempt_ended'),
    attempt: attempts,
    outcome: outcomes,
    source: sources,
    retry: record({ most: constantFrom(0, 2), at: instants }),
  }),
  record({ type: constant('corrected'), attempt: attempts, outcome: outcomes }),
  record({ type: constant('expired') }),
  record({ type: constant('day_over'), at: instants }),
  record({ type: constant('closed'), dueAt: instants, lateUntil: instants }),
) as Arbitrary<PromiseEvent>
const histories = array(events, { maxLength: 30 })

describe('whatever happens', () => {
  test('what is kept or given up stays so, and only a claim dials', () => {
    assert(
      property(histories, events, (history, event) => {
        const before = run(START, history)
        const after = run(before, [event])
        const isOver = before.status === 'done' || before.status === 'cancelled'
        expect(isOver && after !== before).toBe(false)
        const isTaken = after.status === 'dialing' && before.status !== 'dialing'
        expect(isTaken && event.type !== 'claimed').toBe(false)
      }),
    )
  })

  test('attempts grow by claims alone, versions never go back, a change of state is a new version', () => {
    assert(
      property(histories, events, (history, event) => {
        const before = run(START, history)
        const after = run(before, [event])
        const claims = event.type === 'claimed' && before.status === 'scheduled' ? 1 : 0
        expect(after.attempts - before.attempts).toBe(claims)
        const isChanged =
          after.status !== before.status ||
          after.dueAt !== before.dueAt ||
          after.assigneeId !== before.assigneeId
        expect(after.version - before.version).toBeGreaterThanOrEqual(isChanged ? 1 : 0)
      }),
    )
  })

  test('a word about an older attempt changes nothing', () => {
    assert(
      property(histories, attempts, outcomes, (history, attempt, outcome) => {
        const promise = run(START, history)
        const older = { ...attempt, number: promise.attempts - 1 }
        expect(next(promise, { type: 'corrected', attempt: older, outcome })).toBe(promise)
      }),
    )
  })

  test('a claim that is given back leaves all as it was, but for what it waits for', () => {
    assert(
      property(histories, (history) => {
        const promise = run(START, history)
        pre(promise.status === 'scheduled')
        const back = run(promise, [{ type: 'claimed' }, { type: 'given_back' }])
        expect(back).toEqual({ ...promise, waitingFor: 'agent' })
      }),
    )
  })
})
