import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CallInbox, LONGEST_WAIT_MS } from './phone.ts'
import type { SipCall } from './sip/call.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

// oxlint-disable-next-line no-unsafe-type-assertion -- an inbox only lets it ring
const newCall = () => ({ ring: () => {} }) as SipCall
const newInbox = () => new CallInbox('101', { behaviour: 'manual' })

test('calls are handed out in the order in which they came, each once', async () => {
  const inbox = newInbox()
  const calls = [newCall(), newCall(), newCall()]
  const first = inbox.waitForCall()
  const second = inbox.waitForCall()
  for (const call of calls) inbox.take(call)
  expect(await first).toBe(calls[0])
  expect(await second).toBe(calls[1])
  expect(await inbox.nextCall()).toBe(calls[2])
})

test('who waits for a call that does not come is told which phone stayed silent; the next one gets it', async () => {
  const inbox = newInbox()
  const said = inbox.waitForCall().catch(String)
  await vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS)
  expect(await said).toContain('nothing rang at 101 within 45 s')
  const call = newCall()
  inbox.take(call)
  expect(await inbox.waitForCall()).toBe(call)
})

test('a call in time ends the wait, and nothing is left that keeps a process up', async () => {
  const inbox = newInbox()
  const waiting = inbox.waitForCall()
  await vi.advanceTimersByTimeAsync(LONGEST_WAIT_MS - 1)
  const call = newCall()
  inbox.take(call)
  expect(await waiting).toBe(call)
  expect(vi.getTimerCount()).toBe(0)
})

test('a phone of a long run waits for its next call as long as it takes', async () => {
  const inbox = newInbox()
  const next = inbox.nextCall()
  await vi.advanceTimersByTimeAsync(10 * LONGEST_WAIT_MS)
  const call = newCall()
  inbox.take(call)
  expect(await next).toBe(call)
})
