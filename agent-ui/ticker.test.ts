import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tell } from './live-store.ts'
import { mountHook } from './test-support/mount.tsx'
import { aSnapshot } from './test-support/samples.ts'
import { useLocalNow, useServerNow } from './ticker.ts'

const START = Date.parse('2026-11-22T02:59:58.000Z')

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  tell({ type: 'signed_out' })
})
afterEach(() => vi.useRealTimers())

function pass(ms: number): void {
  act(() => void vi.advanceTimersByTime(ms))
}

test('the clock on screen moves once a second', () => {
  const hook = mountHook(useLocalNow, undefined)
  expect(hook.now).toBe(START)
  pass(999)
  expect(hook.now).toBe(START)
  pass(1)
  expect(hook.now).toBe(START + 1_000)
})

test('the server’s clock is this machine’s, corrected by how far it is off', () => {
  tell({ type: 'desk_snapshot', snapshot: aSnapshot({ serverTime: '2026-11-22T03:00:00.000Z' }) })
  const hook = mountHook(useServerNow, undefined)
  pass(1_000)
  expect(new Date(hook.now).toISOString()).toBe('2026-11-22T03:00:01.000Z')
})

test('any number of running times share one timer, which stops with the last of them', () => {
  const hooks = [1, 2, 3].map(() => mountHook(useLocalNow, undefined))
  expect(vi.getTimerCount()).toBe(1)
  for (const hook of hooks.slice(1)) hook.unmount()
  expect(vi.getTimerCount()).toBe(1)
  hooks[0]?.unmount()
  expect(vi.getTimerCount()).toBe(0)
})

test('a time that is shown later starts at the time it is then', () => {
  mountHook(useLocalNow, undefined).unmount()
  vi.setSystemTime(START + 60_000)
  expect(mountHook(useLocalNow, undefined).now).toBe(START + 60_000)
})
