import { type Owed, OWED_TOLD_EVERY_MS } from '#contract/supervision/owed.ts'
import type { Logger } from '../../logger.ts'
import type { Clock } from '../../ports.ts'

export interface OwedDeps {
  clock: Clock
  logger: Logger
  readOwed: () => Promise<Omit<Owed, 'asOf'>>
  /** Whether anybody who may see the board has a page open. */
  isWatched: () => boolean
  /** What is owed, or what the rows say of callers, may have changed. */
  onRead: () => void
}

export const READ_EVERY_MS = 1_000
/** A read rests twenty times as long as it took: it never has more than a twentieth of the database. */
const REST_PER_READ = 20

/** What customers are owed, read at most once a second and only while somebody looks. */
export function createOwed(deps: OwedDeps) {
  const { clock, logger } = deps
  let owed: Owed | null = null
  let toldMs = Number.NEGATIVE_INFINITY
  let nextMs = Number.NEGATIVE_INFINITY

  async function look(): Promise<void> {
    const startedMs = clock.monotonicMs()
    if (!deps.isWatched() || startedMs < nextMs) return
    try {
      take(await deps.readOwed())
    } catch (error) {
      logger.warn({ err: error }, 'what customers are owed could not be read')
    }
    const tookMs = clock.monotonicMs() - startedMs
    nextMs = startedMs + Math.max(READ_EVERY_MS, tookMs * REST_PER_READ)
    deps.onRead()
  }

  /** Another object only when it is to be told. */
  function take(read: Omit<Owed, 'asOf'>): void {
    const now = clock.monotonicMs()
    const fresh = { asOf: clock.now(), ...read }
    const isSame =
      owed !== null && JSON.stringify({ ...owed, asOf: fresh.asOf }) === JSON.stringify(fresh)
    if (isSame && now - toldMs < OWED_TOLD_EVERY_MS) return
    owed = fresh
    toldMs = now
  }

  return { look, read: () => owed }
}
