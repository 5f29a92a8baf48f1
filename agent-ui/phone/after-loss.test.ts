import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type AskedCall, checkAfterLoss } from './after-loss.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A phone with a call, whose connection is the test's. */
function phone(isTalking: boolean) {
  const listeners = new Map<string, () => void>()
  const did: string[] = []
  const call: AskedCall = {
    sendInfo: () => void did.push('asked'),
    terminate: () => void did.push('ended'),
  }
  let current: AskedCall | null = call
  const agent = { on: (event: string, heard: () => void) => listeners.set(event, heard) }
  checkAfterLoss(agent, () => current && { call: current, isTalking })
  return {
    did,
    say: (...events: string[]) => events.forEach((event) => listeners.get(event)?.()),
    end: () => void (current = null),
  }
}

test('a talk whose connection was lost is asked about once the PBX knows the phone again', () => {
  const { say, did } = phone(true)
  say('registered', 'disconnected', 'disconnected')
  vi.advanceTimersByTime(60_000)
  expect(did).toEqual([])
  say('registered')
  vi.advanceTimersByTime(0)
  expect(did).toEqual(['asked'])
})

test('and again, of a PBX that was still loading; not once it is over, nor at the next registration', () => {
  const { say, did, end } = phone(true)
  say('disconnected', 'registered')
  vi.advanceTimersByTime(2_000)
  expect(did).toEqual(['asked', 'asked'])
  end()
  vi.advanceTimersByTime(60_000)
  say('registered')
  vi.advanceTimersByTime(60_000)
  expect(did).toEqual(['asked', 'asked'])
})

test('a connection that is lost again is waited for', () => {
  const { say, did } = phone(true)
  say('disconnected', 'registered', 'disconnected')
  vi.advanceTimersByTime(60_000)
  expect(did).toEqual([])
})

test('what only rang when the connection was lost rings no more; without a call nothing is done', () => {
  const ringing = phone(false)
  ringing.say('registered', 'disconnected', 'registered')
  expect(ringing.did).toEqual(['ended'])
  const resting = phone(true)
  resting.end()
  resting.say('disconnected', 'registered')
  vi.advanceTimersByTime(60_000)
  expect(resting.did).toEqual([])
})
