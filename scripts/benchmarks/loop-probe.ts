import { appendFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/**
 * Preloaded into the service (`--import`): adds a line to the file of LOOP_PROBE_FILE five times a
 * second, the longest time in milliseconds for which its event loop did not turn.
 */
const EVERY_MS = 5
const WRITTEN_EVERY_MS = 200
const { LOOP_PROBE_FILE: file } = process.env

if (isMainThread && file !== undefined) watch(file)

function watch(path: string): void {
  let last = performance.now()
  let longest = 0
  let writtenAt = last
  setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - EVERY_MS)
    last = now
    if (now - writtenAt < WRITTEN_EVERY_MS) return
    writtenAt = now
    appendFileSync(path, `${longest.toFixed(1)}\n`)
    longest = 0
    last = performance.now()
  }, EVERY_MS).unref()
}
