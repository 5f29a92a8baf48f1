import { expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { CALL_SCENARIOS } from '../../../test/support/call-scenarios.ts'
import { play } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { holdSeconds, talkSeconds, waitSeconds } from './durations.ts'

test('a wait runs from entry to the answer, or to the end of an unanswered call', () => {
  const answeredAt = time('00:07.400')
  expect(waitSeconds(aFreshCall())).toBeNull()
  expect(waitSeconds(aFreshCall({ answeredAt, endedAt: time('01:00.000') }))).toBe(7)
  expect(waitSeconds(aFreshCall({ endedAt: time('01:00.000') }))).toBe(60)
})

test('talk time is known at the end of an answered call', () => {
  const answeredAt = time('00:10.000')
  expect(talkSeconds(aFreshCall({ answeredAt }))).toBeNull()
  expect(talkSeconds(aFreshCall({ endedAt: time('01:00.000') }))).toBeNull()
  expect(talkSeconds(aFreshCall({ answeredAt, endedAt: time('01:00.000') }))).toBe(50)
})

test('hold time is the sum over the agents', () => {
  expect(holdSeconds(aFreshCall())).toBe(0)
  const { call } = play(`${CALL_SCENARIOS['attendedTransfer'] ?? ''}
    00:40.000  held     102#4`)
  expect(holdSeconds(call())).toBe(10 + 19)
})
