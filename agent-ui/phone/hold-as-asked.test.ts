import { beforeEach, expect, test, vi } from 'vitest'
import { createHold } from './hold-as-asked.ts'

let isHeld: boolean
let isReady: boolean
let isEnded: boolean
let orders: string[]
const ask = createHold()
const turn = (to: boolean) => () => {
  orders.push(to ? 'hold' : 'unhold')
  if (isReady) isHeld = to
  return isReady
}
const call = {
  isOnHold: () => ({ local: isHeld }),
  isEnded: () => isEnded,
  hold: turn(true),
  unhold: turn(false),
}

beforeEach(() => {
  vi.useFakeTimers()
  isHeld = false
  isReady = true
  isEnded = false
  orders = []
})

test('a call is held and taken back, each once', () => {
  ask(call, true)
  ask(call, true)
  expect(isHeld).toBe(true)
  ask(call, false)
  expect([isHeld, orders]).toEqual([false, ['hold', 'unhold']])
})

test('who is taken back while the hold is still on its way is not forgotten there', () => {
  ask(call, true)
  isReady = false
  ask(call, false)
  vi.advanceTimersByTime(300)
  expect(isHeld).toBe(true)
  isReady = true
  vi.advanceTimersByTime(100)
  expect(isHeld).toBe(false)
  const before = orders.length
  vi.advanceTimersByTime(1_000)
  expect(orders).toHaveLength(before)
})

test('what was asked last counts, and nothing is asked of a call that is over', () => {
  isReady = false
  ask(call, true)
  ask(call, false)
  isReady = true
  vi.advanceTimersByTime(200)
  expect(isHeld).toBe(false)
  isReady = false
  ask(call, true)
  isEnded = true
  isReady = true
  vi.advanceTimersByTime(200)
  expect(isHeld).toBe(false)
})
