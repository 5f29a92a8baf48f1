import { createRandom, type Random } from '../promise-simulation/random.ts'
import { FATES } from './fates.ts'
import { beginOfResting } from './resting-fate.ts'
import { type Caller, createPen } from './told-caller.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Midnight in Vietnam at which the generated day begins; the next day follows. */
export const BEGINS_MS = Date.parse('2026-11-22T17:00:00.000Z')
export const MIDNIGHT_MS = BEGINS_MS + DAY_MS
/** The service starts anew here. */
export const RESTART_MS = BEGINS_MS + 12 * HOUR_MS
/** Everything has been told by then. */
export const OVER_MS = MIDNIGHT_MS + 10 * HOUR_MS
/** Moments at which the figures are compared: no event that comes late may lie around one. */
export const CHECKED_MS: readonly number[] = [RESTART_MS, MIDNIGHT_MS, OVER_MS]

export const PBX_IDS = ['pbx1', 'pbx2']
export const QUEUES = ['hotline', 'sales']

/** A day of this many callers of every fate in turn, some of them on the morning after. */
export function generateDay(calls: number, seed: number): Caller[] {
  const random = createRandom(seed)
  const fates = Object.entries(FATES)
  return Array.from({ length: calls }, (_, index) => {
    const [fate = '', write] = fates[index % fates.length] ?? []
    if (write === undefined) throw new Error('there is no fate')
    const number = index + 1
    const queue = random.pick(QUEUES)
    const otherQueue = QUEUES.find((name) => name !== queue) ?? queue
    const turn = Math.floor(index / fates.length)
    const beginsMs =
      fate === 'restsAfter'
        ? beginOfResting(turn, { ...RESTING_DAY, turns: Math.ceil(calls / fates.length) })
        : beginOf(random)
    const pen = createPen({ fate, pbxId: random.pick(PBX_IDS), number, beginsMs })
    const nextDayMs = MIDNIGHT_MS + random.between(HOUR_MS, 9 * HOUR_MS) - beginsMs
    const laterMs = Math.max(nextDayMs, 20 * MINUTE_MS)
    write({ pen, random, queue, otherQueue, turn, nextDayMs: laterMs })
    return disturbed(pen.caller, random)
  })
}

const RESTING_DAY = {
  checks: [RESTART_MS, MIDNIGHT_MS],
  fromMs: BEGINS_MS + 10 * MINUTE_MS,
  toMs: MIDNIGHT_MS + 5 * HOUR_MS,
}

/** A tenth come in the last minutes of the day, as many on the morning after. */
function beginOf(random: Random): number {
  if (random.chance(0.1)) return MIDNIGHT_MS - random.between(1, 5 * MINUTE_MS)
  if (random.chance(0.1)) return MIDNIGHT_MS + random.between(0, 5 * HOUR_MS)
  return BEGINS_MS + random.between(0, DAY_MS - 1)
}

/** What a call or a phone's part of it begins by. */
const NEVER_LATE: readonly string[] = ['queue_joined', 'channel_created', 'dial_begun']

/**
 * Some are told twice, of some one event comes late: neither may change what they count as. An entry into
 * a queue is late in fates of its own alone: before it there is no call. Nothing is late of who was sent to
 * a phone, whom only the order of queue and Dial tells from others.
 */
function disturbed(caller: Caller, random: Random): Caller {
  const told = [...caller.told]
  if (random.chance(0.1) && isBetweenChecks(caller) && !caller.fate.startsWith('sent')) {
    const index = random.between(0, told.length - 1)
    const one = told[index]
    if (one !== undefined && index > 0 && !NEVER_LATE.includes(one.event.type)) {
      told[index] = { ...one, heardMs: one.heardMs + random.between(1, 8_000) }
    }
  }
  if (!random.chance(0.2)) return { ...caller, told }
  const again = told.map((one) => ({ ...one, heardMs: one.heardMs + random.between(0, 15_000) }))
  return { ...caller, told: [...told, ...again] }
}

function isBetweenChecks({ told }: Caller): boolean {
  const heard = told.map(({ heardMs }) => heardMs)
  const [from, to] = [Math.min(...heard), Math.max(...heard) + MINUTE_MS]
  return CHECKED_MS.every((ms) => ms < from || to < ms)
}
