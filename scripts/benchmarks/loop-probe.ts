import { appendFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/**
 * Preloaded into the service (`--import`): adds a line to the file of LOOP_PROBE_FILE five times a
 * second: the longest time in milliseconds for which its event loop did not turn, and the longest for
 * which it worked in one go (without its waits for a processor and for the disk).
 */
const EVERY_MS = 5
const WRITTEN_EVERY_MS = 200
const { LOOP_PROBE_FILE: file } = process.env

if (isMainThread && file !== undefined) watch(file)

function watch(path: string): void {
  let last = performance.now()
  let longest = 0
  let worked = workedMs()
  let longestWork = 0
  let writtenAt = last
  setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - EVERY_MS)
    longestWork = Math.max(longestWork, workedMs() - worked)
    last = now
    worked = workedMs()
    if (now - writtenAt < WRITTEN_EVERY_MS) return
    writtenAt = now
    appendFileSync(path, `${longest.toFixed(1)} ${longestWork.toFixed(1)}\n`)
    longest = 0
    longestWork = 0
    last = performance.now()
    worked = workedMs()
  }, EVERY_MS).unref()
}

/** Of this thread. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
