import { expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/call-table.ts'
import { call, talkSeconds, waitSeconds } from './call.ts'

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

test('a call survives being stored as JSON', () => {
  const before = aFreshCall({ heldAt: time('00:30.000') })
  expect(call.parse(JSON.parse(JSON.stringify(before)))).toEqual(before)
})

test('a caller who withholds the number begins without number and name', () => {
  expect(aFreshCall().callerIdNum).toBe('0912345678')
})
