import type { Instant } from '#contract/primitives.ts'
import { messageOf } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Clock } from '../ports.ts'
import { errorClass } from './error-class.ts'

/** Whether work waits for the database now. */
export type WeatherStatus =
  | { database: 'ok'; since: null; reason: null }
  /** `since` when the first of it began to wait; `reason` in the database's own words. */
  | { database: 'waiting'; since: Instant; reason: string }

/** The process stops while the database still cannot be used: what waited is given up. */
export class WeatherUnended extends Error {
  override readonly name = 'WeatherUnended'
}

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 2_000
/** An error of a kind that nobody knows is tried so often before it counts as poison. */
const TRIES_OF_THE_UNKNOWN = 3
const FINE: WeatherStatus = { database: 'ok', since: null, reason: null }

export interface WeatherDeps {
  clock: Clock
  logger: Logger
  onChange: (status: WeatherStatus) => void
}

export type Weather = ReturnType<typeof createWeather>

/**
 * Runs work that must not be lost: while the database cannot be used it waits and is run again from
 * the start, so it must be safe to repeat. Anything but weather is the caller's: it is thrown.
 */
export function createWeather({ clock, logger, onChange }: WeatherDeps) {
  const waiting = new Set<symbol>()
  const stopping = Promise.withResolvers<void>()
  let status: WeatherStatus = FINE
  let isStopping = false

  /** Throws poison, and WeatherUnended when `stop` came first. */
  async function outlast<T>(task: () => Promise<T>): Promise<T> {
    const me = Symbol('waiting')
    try {
      return await tryUntilDone(task, me)
    } finally {
      if (waiting.delete(me) && waiting.size === 0) setStatus(FINE)
    }
  }

  async function tryUntilDone<T>(task: () => Promise<T>, me: symbol): Promise<T> {
    let unknown = 0
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- each try follows the one before
        return await task()
      } catch (error) {
        const kind = errorClass(error)
        if (kind === 'unknown') unknown += 1
        if (kind === 'poison' || unknown >= TRIES_OF_THE_UNKNOWN) throw error
        if (isStopping) throw new WeatherUnended('the database cannot be used', { cause: error })
        if (kind === 'weather') note(me, error)
        // oxlint-disable-next-line no-await-in-loop
        await pause(waitMs)
      }
    }
  }

  function note(me: symbol, error: unknown): void {
    const isFirst = waiting.size === 0
    waiting.add(me)
    if (!isFirst) return
    logger.warn({ err: error }, 'the database cannot be used; what has to be written waits')
    setStatus({ database: 'waiting', since: clock.now(), reason: messageOf(error) })
  }

  function setStatus(next: WeatherStatus): void {
    if (next.database === 'ok') logger.info('the database can be used again')
    status = next
    onChange(next)
  }

  function pause(ms: number): Promise<void> {
    const over = Promise.withResolvers<void>()
    const cancel = clock.after(ms, over.resolve)
    return Promise.race([over.promise, stopping.promise]).finally(cancel)
  }

  /** From here on nothing waits any longer: each task gets one more try. */
  function stop(): void {
    isStopping = true
    stopping.resolve()
  }

  return { outlast, stop, status: (): WeatherStatus => status }
}
