import { setTimeout as delay } from 'node:timers/promises'

/** Limit of what hangs; how long something takes says nothing on a busy machine. */
const HANGS_MS = 30_000
/** What takes longer is looked at more seldom: looking is work for the service, too. */
const SELDOM_MS = 200

/** Tries again, at first after so many milliseconds, until it no longer throws; fails with its last error. */
export async function eventually<T>(holds: () => T | Promise<T>, interval = 20): Promise<T> {
  const hangsAt = performance.now() + HANGS_MS
  for (let pause = interval; ; pause = Math.min(pause * 1.5, SELDOM_MS)) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      return await holds()
    } catch (error) {
      if (performance.now() > hangsAt) throw error
    }
    // oxlint-disable-next-line no-await-in-loop
    await delay(pause)
  }
}
