import { expect, test } from 'vitest'
import { time } from '../../../test/support/table-time.ts'
import {
  contribution,
  type CountedCall,
  NO_CONTRIBUTION,
  sameContribution,
} from './contribution.ts'

const waiting: CountedCall = {
  direction: 'inbound',
  queue: 'hotline',
  ticketMomentAt: null,
  outcome: null,
}
const ticketMomentAt = time('00:05.000')

test.each<[string, Partial<CountedCall>, [number, number, number, number]]>([
  ['a caller in a queue is offered', {}, [1, 0, 0, 0]],
  ['an answer is one from the ticket moment on', { ticketMomentAt }, [1, 1, 0, 0]],
  ['and stays one at the end', { ticketMomentAt, outcome: 'answered' }, [1, 1, 0, 0]],
  ['an answer elsewhere that opens no ticket is none', { outcome: 'answered' }, [1, 0, 0, 0]],
  ['who hung up while waiting has abandoned', { outcome: 'abandoned' }, [1, 0, 1, 0]],
  ['whom the queue let go has not', { outcome: 'timeout' }, [1, 0, 0, 0]],
  ['nor who is only known to be gone', { outcome: 'unobserved' }, [1, 0, 0, 0]],
  ['who left by key to be called back has asked', { outcome: 'asked' }, [1, 0, 0, 1]],
  ['but not who was answered after all', { outcome: 'asked', ticketMomentAt }, [1, 1, 0, 0]],
  ['a direct call counts in no queue', { queue: null, ticketMomentAt }, [0, 0, 0, 0]],
  ['nor does a callback', { direction: 'callback', outcome: 'answered' }, [0, 0, 0, 0]],
])('%s', (_, change, [offered, answered, abandoned, asked]) => {
  expect(contribution({ ...waiting, ...change })).toEqual({
    offered,
    answered,
    abandoned,
    asked,
  })
})

test('two contributions are the same when all four numbers are', () => {
  const one = contribution(waiting)
  expect(sameContribution(one, { ...one })).toBe(true)
  expect(sameContribution(one, NO_CONTRIBUTION)).toBe(false)
  expect(sameContribution(one, { ...one, answered: 1 })).toBe(false)
  expect(sameContribution(one, { ...one, abandoned: 1 })).toBe(false)
  expect(sameContribution(one, { ...one, asked: 1 })).toBe(false)
})
