import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshSegment } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/table-time.ts'
import { isOnHold, withEnd, withHold, withResume } from './hold.ts'

const talking = aFreshSegment()
const held = withHold(talking, time('00:10.000'))

describe('the holds of one agent', () => {
  test('add up', () => {
    const once = withResume(held, time('00:20.000'))
    const twice = withResume(withHold(once, time('00:30.000')), time('00:35.000'))
    expect(twice).toMatchObject({
      heldAt: null,
      holdSeconds: 15,
      resumedAt: time('00:35.000'),
    })
  })

  test('a doubled hold or resume changes nothing, however late', () => {
    expect(withHold(held, time('00:10.000'))).toBe(held)
    const resumed = withResume(held, time('00:20.000'))
    expect(withResume(resumed, time('00:20.000'))).toBe(resumed)
    expect(withHold(resumed, time('00:10.000'))).toBe(resumed)
    expect(withHold(resumed, time('00:20.000'))).toBe(resumed)
    expect(withResume(held, time('00:09.000'))).toBe(held)
  })

  test('end with the agent’s part, and follow it when its end is corrected', () => {
    const over = withEnd(withResume(held, time('00:12.000')), time('00:40.000'))
    expect(over.holdSeconds).toBe(2)
    const heldToTheEnd = withEnd(held, time('00:40.000'))
    expect(heldToTheEnd.holdSeconds).toBe(30)
    expect(withEnd(heldToTheEnd, time('00:25.000')).holdSeconds).toBe(15)
    expect(withEnd(heldToTheEnd, time('00:08.000')).holdSeconds).toBe(0)
  })

  test('a resume that is heard after the end counts to its own moment', () => {
    const over = withEnd(held, time('00:40.000'))
    expect(withResume(over, time('00:16.000'))).toMatchObject({ heldAt: null, holdSeconds: 6 })
    expect(withResume(over, time('00:40.000'))).toBe(over)
  })

  test('a hold that is heard after its own resume lasts until that, while the part goes on and after it', () => {
    const resumed = withResume(talking, time('00:16.000'))
    expect(isOnHold(aFreshCall({ segments: [resumed] }))).toBe(false)
    expect(withResume(resumed, time('00:16.000'))).toBe(resumed)
    const late = withHold(resumed, time('00:10.000'))
    expect(late).toMatchObject({ heldAt: null, holdSeconds: 6, resumedAt: time('00:16.000') })
    expect(withResume(withHold(late, time('00:10.000')), time('00:16.000'))).toBe(late)
    expect(withHold(withEnd(resumed, time('00:40.000')), time('00:10.000')).holdSeconds).toBe(6)
  })

  test('a hold after a resume that had none is open', () => {
    const again = withHold(withResume(talking, time('00:05.000')), time('00:10.000'))
    expect(again).toMatchObject({ heldAt: time('00:10.000'), holdSeconds: 0 })
    expect(withResume(again, time('00:16.000')).holdSeconds).toBe(6)
  })

  test('nobody holds a caller after the end of their part', () => {
    const over = withEnd(talking, time('00:40.000'))
    expect(withHold(over, time('00:50.000'))).toBe(over)
  })
})

test('a call is on hold while an agent who takes part holds it', () => {
  expect(isOnHold(aFreshCall({ segments: [talking] }))).toBe(false)
  expect(isOnHold(aFreshCall({ segments: [talking, held] }))).toBe(true)
  expect(isOnHold(aFreshCall({ segments: [withEnd(held, time('00:40.000'))] }))).toBe(false)
})
