import { EventEmitter } from 'node:events'
import type { UA } from 'jssip'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { registerAgain } from './register-again.ts'

/** JsSIP, as far as a registration goes. */
class FakeAgent extends EventEmitter {
  registers = 0
  isUp = true
  register = () => void (this.registers += 1)
  isConnected = () => this.isUp
  isRegistered = () => false
}

let agent: FakeAgent
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  agent = new FakeAgent()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as is asked here
  stop = registerAgain(agent as unknown as UA)
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

const fail = (status: number | null) =>
  agent.emit('registrationFailed', { response: status === null ? null : { status_code: status } })

test.each([
  ['a PBX that is still starting (503)', 503, 5_000],
  ['no answer', null, 5_000],
  ['a password that is refused (403)', 403, 60_000],
] as const)('after %s it is tried again by itself', (_what, status, afterMs) => {
  fail(status)
  vi.advanceTimersByTime(afterMs - 1)
  expect(agent.registers).toBe(0)
  vi.advanceTimersByTime(1)
  expect(agent.registers).toBe(1)
})

test('while the connection is lost, and when the phone was put away, it is not', () => {
  agent.isUp = false
  fail(503)
  vi.advanceTimersByTime(60_000)
  agent.isUp = true
  fail(503)
  stop()
  vi.advanceTimersByTime(60_000)
  expect(agent.registers).toBe(0)
})
