import { randomFillSync } from 'node:crypto'
import type { Clock, NewId } from './ports.ts'
import { instantOfMs } from './time.ts'
import { createUuidSource } from './uuid-source.ts'

/** Node's timers overflow above this many milliseconds and then fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's clock; the only place of the server that reads it. */
export const systemClock: Clock = {
  now: () => instantOfMs(Date.now()),
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(Math.max(0, ms), LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  },
}

export const newUuid: NewId = createUuidSource(Date.now, randomFillSync)
