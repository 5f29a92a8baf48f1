import { BroadcastChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hearTabs, tellTabs } from './session-tabs.ts'

beforeEach(() => void vi.stubGlobal('BroadcastChannel', BroadcastChannel))
afterEach(() => void vi.unstubAllGlobals())

test('a tab hears the others, and nothing after it stopped', async () => {
  const heard = vi.fn<(news: string) => void>()
  const leave = hearTabs(heard)
  tellTabs('signed_out')
  await vi.waitUntil(() => heard.mock.calls.length > 0, 30_000)
  expect(heard).toHaveBeenCalledExactlyOnceWith('signed_out')
  leave()
  const other = vi.fn<(news: string) => void>()
  const leaveOther = hearTabs(other)
  tellTabs('signed_in')
  await vi.waitUntil(() => other.mock.calls.length > 0, 30_000)
  expect(heard).toHaveBeenCalledOnce()
  leaveOther()
})
