import { EventEmitter } from 'node:events'
import type { UA } from 'jssip'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PhoneNews } from '../state/phone.ts'
import { openSipPhone } from './sip-phone.ts'

/** What JsSIP does at the PBX, as far as a registration goes. */
class FakeAgent extends EventEmitter {
  registers = 0
  isUp = true
  start = () => undefined
  stop = () => undefined
  register = () => void (this.registers += 1)
  isConnected = () => this.isUp
  isRegistered = () => false
}

const ACCOUNT = { url: 'wss://pbx.example.vn/ws', user: 'web-101', secret: 's3cret-of-101' }
let agent: FakeAgent
let news: PhoneNews[]
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  agent = new FakeAgent()
  news = []
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as much of it as is asked here
  const fake = agent as unknown as UA
  ;({ stop } = openSipPhone(
    ACCOUNT,
    (one) => void news.push(one),
    () => fake,
  ))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

const fail = (status: number | null) => {
  const response = status === null ? null : { status_code: status }
  agent.emit('registrationFailed', { response })
}

test.each([
  ['a PBX that is still starting (503)', 503, 'away', 5_000],
  ['no answer', null, 'away', 5_000],
  ['a password that is refused (403)', 403, 'refused', 60_000],
] as const)('after %s it registers again by itself', (_what, status, link, afterMs) => {
  fail(status)
  expect(news).toEqual([{ type: 'link', link }])
  vi.advanceTimersByTime(afterMs - 1)
  expect(agent.registers).toBe(0)
  vi.advanceTimersByTime(1)
  expect(agent.registers).toBe(1)
})

test('while the connection is lost, and when the phone was put away, it does not', () => {
  agent.isUp = false
  fail(503)
  vi.advanceTimersByTime(60_000)
  agent.isUp = true
  fail(503)
  stop()
  vi.advanceTimersByTime(60_000)
  expect(agent.registers).toBe(0)
})
