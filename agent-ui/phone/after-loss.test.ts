import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type AskedCall, checkAfterLoss } from './after-loss.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A phone with a call, whose connection and PBX are the test's. */
function phone(isTalking: boolean) {
  const listeners = new Map<string, () => void>()
  const did: string[] = []
  let current: AskedCall | null = null
  let refused: (() => void) | null = null
  const info = { on: (_event: 'failed', heard: () => void) => void (refused = heard) }
  const call: AskedCall = {
    on: (_event, heard) => heard({ info }),
    sendInfo: (type, body, { extraHeaders }) => void did.push([type, body, extraHeaders].join()),
    terminate: () => {
      did.push('ended')
      current = null
    },
  }
  current = call
  const agent = {
    contact: '<sip:here>',
    on: (event: string, heard: () => void) => listeners.set(event, heard),
  }
  checkAfterLoss(agent, () => current && { call: current, isTalking })
  return {
    did,
    say: (...events: string[]) => events.forEach((event) => listeners.get(event)?.()),
    refuse: () => refused?.(),
    end: () => void (current = null),
  }
}

const ASKED = 'application/dtmf-relay,,Contact: <sip:here>'

test('a talk whose connection was lost is asked about, with the new address, once the PBX has it', () => {
  const { say, did } = phone(true)
  say('registered', 'disconnected', 'disconnected')
  vi.advanceTimersByTime(60_000)
  expect(did).toEqual([])
  say('registered')
  vi.advanceTimersByTime(0)
  expect(did).toEqual([ASKED])
})

test('and again, of a PBX that was still loading; not once it is over, nor at the next registration', () => {
  const { say, did, end } = phone(true)
  say('disconnected', 'registered')
  vi.advanceTimersByTime(2_000)
  expect(did).toEqual([ASKED, ASKED])
  end()
  vi.advanceTimersByTime(60_000)
  say('registered')
  vi.advanceTimersByTime(60_000)
  expect(did).toEqual([ASKED, ASKED])
})

test('a talk that the PBX does not know is over, once', () => {
  const { say, did, refuse } = phone(true)
  say('disconnected', 'registered')
  vi.advanceTimersByTime(0)
  refuse()
  refuse()
  vi.advanceTimersByTime(60_000)
  expect(did).toEqual([ASKED, 'ended'])
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
