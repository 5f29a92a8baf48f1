import { expect, test } from 'vitest'
import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import { time } from '../../../test/support/table-time.ts'
import { contribution, type CountedCall } from './contribution.ts'

const waiting: CountedCall = {
  direction: 'inbound',
  queue: 'hotline',
  enteredAt: time('00:00.000'),
  ticketMomentAt: null,
  endedAt: null,
  outcome: null,
}
const answeredAfter5 = { ticketMomentAt: time('00:05.000') }
const answered: Partial<CallCounts> = { answered: 1, withinLevel: 1, waitSeconds: 5 }
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
    { answered: 1, withinLevel: 1, waitSeconds: 20 },
  ],
  [
    'a moment later it is not, however its seconds are rounded',
    { ticketMomentAt: time('00:20.001') },
    { answered: 1, withinLevel: 0, waitSeconds: 20 },
  ],
  ['who hung up while waiting has abandoned', abandoned('00:05.000'), { abandoned: 1 }],
  ['sooner than 5 s it was short', abandoned('00:04.999'), { abandoned: 1, short: 1 }],
  ['whom the queue let go has not', { outcome: 'timeout' }, { timedOut: 1 }],
  ['nor whom nobody was there to answer', { outcome: 'not_answered' }, {}],
  ['nor who is only known to be gone', { outcome: 'unobserved' }, {}],
  ['who left by key to be called back has asked', { outcome: 'asked' }, { asked: 1 }],
  ['but not who was answered after all', { ...answeredAfter5, outcome: 'asked' }, answered],
])('%s', (_, change, counts) => {
  expect(contribution({ ...waiting, ...change })).toEqual({ ...NO_CALLS, offered: 1, ...counts })
})

test.each<[string, Partial<CountedCall>]>([
  ['a direct call counts in no queue', { queue: null, ...answeredAfter5 }],
  ['nor does a callback', { direction: 'callback', outcome: 'answered' }],
])('%s', (_, change) => {
  expect(contribution({ ...waiting, ...change })).toEqual(NO_CALLS)
})
