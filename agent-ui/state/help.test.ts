import { expect, test } from 'vitest'
import { aHelp } from '../test-support/samples.ts'
import { byNeed, isAsking, ownOf, withHelp } from './help.ts'

const first = aHelp({ id: 'a', askedAt: '2026-11-22T03:00:00.000Z' })
const second = aHelp({ id: 'b', askedAt: '2026-11-22T03:05:00.000Z' })
const over = { ...first, endedAt: '2026-11-22T03:06:00.000Z', end: 'withdrawn' } as const

test('who asks is in the order of asking, each once, until it is over', () => {
  expect(withHelp([second], first)).toEqual([first, second])
  const taken = { ...first, takenBy: { id: 'c', displayName: 'Trưởng ca' } }
  expect(withHelp([first, second], taken)).toEqual([taken, second])
  expect(withHelp([first, second], over)).toEqual([second])
})

test('the own request is none once it is over', () => {
  expect(ownOf(first)).toEqual({ help: first })
  expect(ownOf(over)).toEqual({ help: null })
})

test('nobody asks past the end of the time, whether it was told or not', () => {
  const end = Date.parse(first.expiresAt)
  expect([isAsking(first, end - 1), isAsking(first, end), isAsking(over, 0)]).toEqual([
    true,
    false,
    false,
  ])
})

test('to whom nobody comes is first', () => {
  const taken = { ...first, takenBy: { id: 'c', displayName: 'Trưởng ca' } }
  expect(byNeed([taken, second])).toEqual([second, taken])
})
