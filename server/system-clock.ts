import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock, NewId } from './ports.ts'

/** Node's timers overflow above this many milliseconds and then fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's clock; the only place of the server that reads it. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(Math.max(0, ms), LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  },
}

const BYTES_OF_ONE = 16
/** Chance for many ids at once: asking for it costs more than making an id. */
const chance = new Uint8Array(256 * BYTES_OF_ONE)
let spent = chance.length
let lastMs = 0
let inThisMs = 0

function randomStart(random: Uint8Array): number {
  return new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1
}

/** Counts on within a millisecond, so ids sort in the order in which they were made. */
export const newUuid: NewId = () => {
  if (spent === chance.length) {
    randomFillSync(chance)
    spent = 0
  }
  const random = chance.subarray(spent, spent + BYTES_OF_ONE)
  spent += BYTES_OF_ONE
  const nowMs = Date.now()
  inThisMs = nowMs > lastMs ? randomStart(random) : inThisMs + 1
  lastMs = Math.max(lastMs, nowMs)
  return v7({ msecs: lastMs, seq: inThisMs, random })
}
