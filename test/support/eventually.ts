import { vi } from 'vitest'

/** Limit of what hangs; how long something takes says nothing on a busy machine. */
const HANGS_MS = 30_000

/** Tries again every so many milliseconds until it no longer throws; fails with its last error. */
export function eventually<T>(holds: () => T | Promise<T>, interval = 40): Promise<T> {
  return vi.waitFor(holds, { timeout: HANGS_MS, interval })
}
