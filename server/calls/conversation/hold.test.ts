import { expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/call-table.ts'
import { beginHold, endHold } from './hold.ts'

const talking = aFreshCall({ answeredAt: time('00:05.000') })

test('holds add up', () => {
  let call = beginHold(talking, time('00:10.000'))
  call = endHold(call, time('00:20.000'))
  call = beginHold(call, time('00:30.000'))
  call = endHold(call, time('00:35.000'))
  expect(call).toMatchObject({ heldAt: null, holdSeconds: 15, resumedAt: time('00:35.000') })
})

test('a doubled hold or resume changes nothing, however late', () => {
  const held = beginHold(talking, time('00:10.000'))
  expect(beginHold(held, time('00:10.000'))).toBe(held)
  const resumed = endHold(held, time('00:20.000'))
  expect(endHold(resumed, time('00:20.000'))).toBe(resumed)
  expect(beginHold(resumed, time('00:10.000'))).toBe(resumed)
})

test('nobody holds a call before the answer or after the end', () => {
  const waiting = aFreshCall()
  expect(beginHold(waiting, time('00:10.000'))).toBe(waiting)
  const over = { ...talking, endedAt: time('00:40.000') }
  expect(beginHold(over, time('00:50.000'))).toBe(over)
})
