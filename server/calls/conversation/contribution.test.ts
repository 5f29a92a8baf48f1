import { expect, test } from 'vitest'
import { type CallCounts, NO_CALLS, oneWait } from '#contract/supervision/figures.ts'
import { time } from '../../../test/support/table-time.ts'
import { contribution, type CountedCall, countedQueue } from './contribution.ts'

const waiting: CountedCall = {
  direction: 'inbound',
  queue: 'hotline',
  enteredAt: time('00:00.000'),
  ticketMomentAt: null,
  endedAt: null,
  outcome: null,
  segments: [],
}
const answeredAfter5 = { ticketMomentAt: time('00:05.000') }
const answered: Partial<CallCounts> = {
  answered: 1,
  withinLevel: 1,
  withinService: 1,
  waitSeconds: 5,
  waits: oneWait(0),
}
const abandoned = (at: string): Partial<CountedCall> => ({
  outcome: 'abandoned',
  endedAt: time(at),
})

test.each<[string, Partial<CountedCall>, Partial<CallCounts>]>([
  ['a caller in a queue is offered', {}, {}],
  ['an answer is one from the ticket moment on', answeredAfter5, answered],
  ['and stays one at the end', { ...answeredAfter5, outcome: 'answered' }, answered],
  ['an answer elsewhere that opens no ticket is none', { outcome: 'answered' }, {}],
  [
    'an answer at 20 s is within the service level',
    { ticketMomentAt: time('00:20.000') },
    { ...answered, waitSeconds: 20, waits: oneWait(2) },
  ],
  [
    'a moment later it is not, however its seconds are rounded',
    { ticketMomentAt: time('00:20.001') },
    { ...answered, withinLevel: 0, waitSeconds: 20, waits: oneWait(3) },
  ],
  ['who hung up while waiting has abandoned', abandoned('00:05.000'), { abandoned: 1 }],
  ['sooner than 5 s it was short', abandoned('00:04.999'), { abandoned: 1, short: 1 }],
  ['whom the queue let go has not', { outcome: 'timeout' }, { timedOut: 1 }],
  ['nor whom nobody was there to answer', { outcome: 'not_answered' }, {}],
  ['nor who is only known to be gone', { outcome: 'unobserved' }, {}],
  ['who left by key to be called back has asked', { outcome: 'asked' }, { asked: 1 }],
  ['but not who was answered after all', { ...answeredAfter5, outcome: 'asked' }, answered],
])('%s', (_, change, counts) => {
  expect(contribution({ ...waiting, ...change })).toEqual({
    ...NO_CALLS,
    entered: 1,
    offered: 1,
    ...counts,
  })
})

test.each<[string, Partial<CountedCall>]>([
  ['a direct call counts in no queue', { queue: null, ...answeredAfter5 }],
  ['nor does a callback', { direction: 'callback', outcome: 'answered' }],
])('%s', (_, change) => {
  expect(contribution({ ...waiting, ...change })).toEqual(NO_CALLS)
})

const part = {
  extension: '101',
  how: 'queue',
  startedAt: time('00:05.000'),
  holdSeconds: 10,
} as const

test.each<[string, Partial<CountedCall>, Partial<CallCounts>]>([
  [
    'the notice is part of the minute and none of the wait',
    {
      receivedAt: time('00:56.000'),
      enteredAt: time('01:50.000'),
      ticketMomentAt: time('01:56.001'),
    },
    { withinService: 0, withinLevel: 1, waitSeconds: 6, waits: oneWait(1) },
  ],
  [
    'a call that is over is handled, with the talk and the holds of all its agents',
    {
      ...answeredAfter5,
      endedAt: time('01:05.000'),
      segments: [
        { ...part, endedAt: time('00:35.000') },
        {
          ...part,
          extension: '102',
          startedAt: time('00:30.000'),
          endedAt: time('01:05.000'),
          holdSeconds: 0,
        },
      ],
    },
    { handled: 1, talkSeconds: 55, holdSeconds: 10 },
  ],
])('%s', (_, change, counts) => {
  expect(contribution({ ...waiting, ...change })).toEqual({
    ...NO_CALLS,
    entered: 1,
    offered: 1,
    ...answered,
    ...counts,
  })
})

test.each<[string, Partial<CountedCall>]>([
  ['who hung up in the notice', { meantQueue: 'hotline', outcome: 'left_in_notice' }],
  ['whom a full queue did not let in', { refusedBy: 'hotline', outcome: 'not_answered' }],
])('%s entered the service and was offered to nobody', (_, change) => {
  const call = { ...waiting, queue: null, ...change }
  expect(contribution(call)).toEqual({ ...NO_CALLS, entered: 1 })
  expect(countedQueue(call)).toBe('hotline')
})
