import { cleanNotifications } from '@mantine/notifications'
import { afterEach, vi } from 'vitest'
import { wordsAreSafe } from '../hands.ts'
import { live } from '../live-store.ts'
import { emptyLive } from '../state/live.ts'
import { dropUploads } from '../uploads.ts'
import { unmountAll } from './mount.tsx'

// What asks after its test asks nobody, and never a service that happens to run here.
globalThis.fetch = () => Promise.race<Response>([])

// Modules are there once for all files: what a test leaves in them and in the document is taken away here.
afterEach(() => {
  unmountAll()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  cleanNotifications()
  dropUploads()
  wordsAreSafe()
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
  dispatchEvent(new StorageEvent('storage', { key: null }))
  live.change(() => emptyLive(Date.now()))
})
