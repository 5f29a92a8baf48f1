import { setTimeout as delay } from 'node:timers/promises'

/** Limit of what hangs; how long something takes says nothing on a busy machine. */
const HANGS_MS = 30_000
/** What takes longer is looked at more seldom: looking is work for the service, too. */
const SELDOM_MS = 200

/**
 * Tries again until it no longer throws, soon at first and then more seldom, or every `everyMs` where a
 * moment must not be missed; fails with its last error.
 */
export async function eventually<T>(holds: () => T | Promise<T>, everyMs?: number): Promise<T> {
  const hangsAt = performance.now() + HANGS_MS
  for (let pause = everyMs ?? 20; ; pause = everyMs ?? Math.min(pause * 1.5, SELDOM_MS)) {
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
