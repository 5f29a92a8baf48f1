import { describe, expect, test } from 'vitest'
import { type AttemptOutcome, callbackStatus } from '#contract/callbacks.ts'
import { aPromise } from '../../test/support/domain/a-promise.ts'
import type { EndSource } from './attempt-outcome.ts'
import { isRefused, next, OPEN_STATUSES, type PromiseEvent, type PromiseState } from './promise.ts'
import { isAskedFor } from './policy/asked-mark.ts'

const BEFORE = '2026-11-23T01:30:00.000Z'
const DUE = '2026-11-23T02:00:00.000Z'
const NOW = '2026-11-23T02:10:00.000Z'
const LATER = '2026-11-23T03:00:00.000Z'

const EVENING = '2026-11-23T14:30:00.000Z'
const MOVED = { type: 'moved', dueAt: LATER, at: BEFORE, lateUntil: EVENING } as const

const mark = { at: DUE, by: 'mai', version: 7 }
/** The last attempt of `aPromise`, placed when it fell due. */
const last = { number: 1, submittedAt: DUE }
function ended(outcome: AttemptOutcome, source: EndSource, number = 1): PromiseEvent {
  const retry = { most: 0, at: LATER }
  return { type: 'attempt_ended', attempt: { number, submittedAt: DUE }, outcome, source, retry }
}
function corrected(outcome: AttemptOutcome, attempt = last): PromiseEvent {
  return { type: 'corrected', attempt, outcome }
}

test('a promise that is made waits for its time', () => {
  expect(next(null, { type: 'made', dueAt: LATER, assigneeId: 'lan', lateUntil: EVENING })).toEqual(
    {
      status: 'scheduled',
      dueAt: LATER,
      assigneeId: 'lan',
      waitingFor: null,
      attempts: 0,
      retries: 0,
      faults: 0,
      asked: null,
      cancelReason: null,
      promisedFor: LATER,
      agreed: false,
      lateUntil: EVENING,
      firstAttemptAt: null,
      verdict: null,
      version: 1,
    },
  )
})

describe('what becomes of a promise', () => {
  test.each<[string, Partial<PromiseState>, PromiseEvent, Partial<PromiseState>]>([
    // a person
    [
      'moved: waits for the new time, nothing asked, nothing in the way',
      { waitingFor: 'agent', asked: mark },
      MOVED,
      { dueAt: LATER, waitingFor: null, asked: null, version: 8 },
    ],
    [
      'moved after it failed: waits again',
      { status: 'failed' },
      MOVED,
      { status: 'scheduled', dueAt: LATER, version: 8 },
    ],
    [
      'asked for before its time: due now, marked for the version that this makes',
      { dueAt: LATER, waitingFor: 'pbx' },
      { type: 'asked', at: NOW, by: 'lan' },
      { dueAt: NOW, waitingFor: null, asked: { at: NOW, by: 'lan', version: 8 }, version: 8 },
    ],
    [
      'asked for when it is late: keeps its place before the others',
      { status: 'failed', dueAt: BEFORE },
      { type: 'asked', at: NOW, by: 'mai' },
      { status: 'scheduled', dueAt: BEFORE, asked: { at: NOW, by: 'mai', version: 8 }, version: 8 },
    ],
    [
      'handed over: another keeps it, and nothing that the first one asked',
      { asked: mark, waitingFor: 'agent' },
      { type: 'handed_over', assigneeId: 'lan' },
      { assigneeId: 'lan', asked: null, waitingFor: null, version: 8 },
    ],
    [
      'handed over after it failed: still a person decides',
      { status: 'failed' },
      { type: 'handed_over', assigneeId: 'lan' },
      { status: 'failed', assigneeId: 'lan', version: 8 },
    ],
    [
      'cancelled',
      { status: 'failed', asked: mark, waitingFor: 'agent' },
      { type: 'cancelled', reason: 'khách tự gọi', at: NOW },
      {
        status: 'cancelled',
        cancelReason: 'khách tự gọi',
        asked: null,
        waitingFor: null,
        version: 8,
      },
    ],
    // the dialler
    [
      'claimed: the attempt counts, the version moves on',
      { waitingFor: 'agent', asked: mark },
      { type: 'claimed' },
      { status: 'dialing', waitingFor: null, attempts: 2, version: 8 },
    ],
    [
      'given back: as before the claim, and it says what it waits for',
      { status: 'dialing', attempts: 2, version: 8, asked: mark },
      { type: 'given_back' },
      { status: 'scheduled', waitingFor: 'agent', attempts: 1, version: 7 },
    ],
    [
      'held up: shown, without a new version',
      { waitingFor: 'pbx', asked: mark },
      { type: 'held_up', by: 'agent' },
      { waitingFor: 'agent' },
    ],
    [
      'without an attempt that lives: a person decides',
      { status: 'dialing' },
      { type: 'expired' },
      { status: 'failed', version: 8 },
    ],
    // ends
    ...(
      [
        ['reached: kept', 'reached', 'evidence', { status: 'done' }],
        ['busy: a person decides', 'busy', 'evidence', { status: 'failed' }],
        [
          'the journal says that the phone did not ring',
          'not_placed',
          'evidence',
          { status: 'failed' },
        ],
        ['Asterisk refused it', 'not_placed', 'refused', { status: 'failed' }],
        ['the PBX cannot say any more', 'not_placed', 'trace_lost', { status: 'failed' }],
        [
          'no trace on the PBX: dialled again',
          'not_placed',
          'no_trace',
          { status: 'scheduled', faults: 1 },
        ],
        [
          'nothing was written: waits for the PBX',
          'not_placed',
          'not_written',
          { status: 'scheduled', waitingFor: 'pbx' },
        ],
      ] as const
    ).map(([why, outcome, source, after]): [string, object, PromiseEvent, object] => [
      `its attempt ended, ${why}`,
      { status: 'dialing', asked: mark },
      ended(outcome, source),
      { asked: null, version: 8, ...after },
    ]),
    [
      'its fifth attempt vanished too: a person decides',
      { status: 'dialing', attempts: 5, faults: 4 },
      ended('not_placed', 'no_trace', 5),
      { status: 'failed', faults: 5, version: 8 },
    ],
    [
      'its fourth attempt vanished: dialled again',
      { status: 'dialing', attempts: 4, faults: 3 },
      ended('not_placed', 'no_trace', 4),
      { status: 'scheduled', faults: 4, version: 8 },
    ],
    [
      'its fifth attempt found no PBX: it goes on waiting',
      { status: 'dialing', attempts: 5 },
      ended('not_placed', 'not_written', 5),
      { status: 'scheduled', waitingFor: 'pbx', version: 8 },
    ],
    // late words
    [
      'reached after all',
      { status: 'failed' },
      corrected('reached'),
      { status: 'done', version: 8 },
    ],
    [
      'reached though no trace was left',
      { status: 'scheduled', waitingFor: 'agent' },
      corrected('reached'),
      { status: 'done', waitingFor: null, version: 8 },
    ],
    [
      'the customer was rung though no trace was left: a person decides',
      { status: 'scheduled', waitingFor: 'agent' },
      corrected('busy'),
      { status: 'failed', waitingFor: null, version: 8 },
    ],
    [
      'the end itself comes late and says reached',
      { status: 'failed' },
      ended('reached', 'evidence'),
      { status: 'done', version: 8 },
    ],
  ])('%s', (_what, given, event, change) => {
    const promise = aPromise(given)
    expect(next(promise, event)).toEqual({ ...promise, ...change })
  })

  test('a late word counts for the attempt that somebody asked for in the same moment', () => {
    const asked = aPromise({ asked: mark })
    expect(next(asked, corrected('reached'))).toMatchObject({ status: 'done', asked: null })
  })

  const nextOne = { number: 2, submittedAt: NOW }
  test.each<[string, Partial<PromiseState>, PromiseEvent]>([
    [
      'of an older attempt while the next one lives',
      { status: 'dialing', attempts: 2 },
      corrected('reached'),
    ],
    [
      'of an older attempt when the next one failed',
      { status: 'failed', attempts: 2 },
      corrected('reached'),
    ],
    ['of an older attempt, that somebody was rung', { attempts: 2 }, corrected('busy')],
    [
      'of an older attempt that ends only now',
      { status: 'dialing', attempts: 2 },
      ended('reached', 'evidence', 1),
    ],
    ['of a promise moved since', { dueAt: LATER }, corrected('reached')],
    ['of a promise moved since, that somebody was rung', { dueAt: LATER }, corrected('busy')],
    ['of a promise asked for since', { asked: { ...mark, at: NOW } }, corrected('reached')],
    ['of a promise that is kept', { status: 'done' }, corrected('reached')],
    ['of a promise that was given up', { status: 'cancelled' }, corrected('reached')],
    ['of a promise that a person has already', { status: 'failed' }, corrected('busy')],
    ['that it was not placed', {}, corrected('not_placed')],
    ['that its place in the queue was lost', {}, corrected('place_lost')],
    ['of an attempt that is still live', { status: 'dialing' }, corrected('reached')],
    [
      'of an attempt the promise does not know yet',
      { status: 'failed' },
      corrected('reached', nextOne),
    ],
  ])('a late word changes nothing: %s', (_what, given, event) => {
    const promise = aPromise(given)
    expect(next(promise, event)).toBe(promise)
  })
})

describe('what is refused', () => {
  const byPerson: PromiseEvent[] = [
    MOVED,
    { type: 'asked', at: NOW, by: 'mai' },
    { type: 'handed_over', assigneeId: 'lan' },
    { type: 'cancelled', reason: 'x', at: NOW },
  ]
  test.each([
    ['scheduled', false],
    ['failed', false],
    ['dialing', true],
    ['done', true],
    ['cancelled', true],
  ] as const)('whatever a person wants of a %s promise: %s', (status, refused) => {
    const possible = byPerson.filter((event) => !isRefused(next(aPromise({ status }), event)))
    expect(possible).toEqual(refused ? [] : byPerson)
  })

  test.each([
    ['claimed', { type: 'claimed' }, 'scheduled'],
    ['held up', { type: 'held_up', by: 'pbx' }, 'scheduled'],
    ['given back', { type: 'given_back' }, 'dialing'],
    ['given to a person', { type: 'expired' }, 'dialing'],
  ] as const)('only one state can be %s', (_what, event, only) => {
    const from = callbackStatus.options.filter(
      (status) => !isRefused(next(aPromise({ status }), event)),
    )
    expect(from).toEqual([only])
  })

  test.each<[PromiseState['status'], PromiseEvent, RegExp]>([
    ['dialing', { type: 'cancelled', reason: 'x', at: NOW }, /being dialled.*cancelled before/],
    ['done', { type: 'asked', at: NOW, by: 'mai' }, /kept \(done\).*dialled/],
    ['cancelled', MOVED, /is cancelled.*rescheduled/],
    ['failed', { type: 'claimed' }, /failed.*claimed/],
    ['scheduled', { type: 'expired' }, /scheduled.*given to a person/],
    [
      'scheduled',
      { type: 'made', dueAt: DUE, assigneeId: 'mai', lateUntil: EVENING },
      /made already/,
    ],
  ])('a refusal names the state and the action: %s', (status, event, words) => {
    expect(next(aPromise({ status }), event)).toEqual({ refused: expect.stringMatching(words) })
  })

  test('nothing but making it can happen to a promise that is not there', () => {
    expect(next(null, { type: 'claimed' })).toEqual({
      refused: expect.stringMatching(/no promise/),
    })
  })
})

describe('"dial now"', () => {
  test.each<[string, PromiseEvent[], boolean]>([
    ['right after', [], true],
    ['after a claim that was given back', [{ type: 'claimed' }, { type: 'given_back' }], true],
    ['once it is claimed', [{ type: 'claimed' }], false],
    ['once it waits for a phone', [{ type: 'held_up', by: 'agent' }], true],
    ['once it is moved', [{ ...MOVED, dueAt: NOW }], false],
    ['once another keeps it', [{ type: 'handed_over', assigneeId: 'mai' }], false],
    ['once it is given up', [{ type: 'cancelled', reason: 'x', at: NOW }], false],
  ])('stands %s', (_when, events, stands) => {
    const asked: PromiseEvent = { type: 'asked', at: NOW, by: 'mai' }
    expect(isAskedFor(run(aPromise(), [asked, ...events]), NOW)).toBe(stands)
  })
})

test('an open promise is one that asks something of somebody', () => {
  expect(
    callbackStatus.options.filter((status) => !OPEN_STATUSES.some((open) => open === status)),
  ).toEqual(['done', 'cancelled'])
})

/** What becomes of it; refused events change nothing. */
function run(promise: PromiseState, events: PromiseEvent[]): PromiseState {
  return events.reduce((now, event) => {
    const result = next(now, event)
    return isRefused(result) ? now : result
  }, promise)
}
