import type { Clock } from '../../server/ports.ts'

export interface TestClock extends Clock {
  /** Moves time on and runs what became due, in order; awaits what those tasks set going. */
  advance(ms: number): Promise<void>
  /** Sets the wall clock, forwards or back; intervals and timers do not notice. */
  set(at: string): void
  /** How many tasks wait. */
  readonly pending: number
}

interface Waiting {
  at: number
  order: number
  task: () => void
}

export function createTestClock(startIso = '2026-11-23T02:00:00.000Z'): TestClock {
  let now = Date.parse(startIso)
  /** Not the wall's milliseconds, so that mixing the two up is seen at once. */
  let monotonic = 1_000
  let order = 0
  let waiting: Waiting[] = []
  function pass(ms: number): void {
    now += Math.max(0, ms)
    monotonic += Math.max(0, ms)
  }
  function takeDue(until: number): Waiting | undefined {
    waiting.sort((a, b) => a.at - b.at || a.order - b.order)
    return waiting[0] && waiting[0].at <= until ? waiting.shift() : undefined
  }
  return {
    now: () => new Date(now).toISOString(),
    nowMs: () => now,
    monotonicMs: () => monotonic,
    after(ms, task) {
      const entry: Waiting = { at: monotonic + ms, order: order++, task }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    async advance(ms) {
      const until = monotonic + ms
      await settle()
      for (let due = takeDue(until); due; due = takeDue(until)) {
        pass(due.at - monotonic)
        due.task()
        await settle()
      }
      pass(until - monotonic)
    },
    set(at) {
      now = Date.parse(at)
    },
    get pending() {
      return waiting.length
    },
  }
}

/** Lets promises and immediate callbacks that are already under way finish. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}
