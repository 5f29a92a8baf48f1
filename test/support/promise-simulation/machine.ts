import type { Clock } from '../../../server/ports.ts'

/** The time of the world, and what the wall clocks of our machines say of it. */
export interface Machine {
  /** What really passed since the beginning. */
  worldMs: () => number
  nowMs: () => number
  now: () => string
  /** The world goes on until this moment. */
  pass: (untilMs: number) => void
  /** Somebody sets the wall clocks. */
  set: (byMs: number) => void
  /** Whether somebody has: what came first by them may not have. */
  wasSet: () => boolean
}

export function createMachine(startIso: string): Machine {
  let worldMs = 0
  const startMs = Date.parse(startIso)
  let aheadMs = startMs
  const nowMs = () => worldMs + aheadMs
  let said = { atMs: startMs, text: startIso }
  function now(): string {
    const atMs = nowMs()
    if (said.atMs !== atMs) said = { atMs, text: new Date(atMs).toISOString() }
    return said.text
  }
  return {
    worldMs: () => worldMs,
    nowMs,
    now,
    pass: (untilMs) => void (worldMs = Math.max(worldMs, untilMs)),
    set: (byMs) => void (aheadMs += byMs),
    wasSet: () => aheadMs !== startMs,
  }
}

/** The clock of one process: while it is suspended its intervals stand, the wall clock does not. */
export function clockOf(machine: Machine): Clock & { slept: (ms: number) => void } {
  let sleptMs = 0
  return {
    now: machine.now,
    nowMs: machine.nowMs,
    monotonicMs: () => machine.worldMs() - sleptMs,
    // The looks are the simulation's: no loop sleeps here.
    after: () => () => {},
    slept: (ms) => void (sleptMs += ms),
  }
}
