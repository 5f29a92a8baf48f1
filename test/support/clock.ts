import type { Clock } from '../../server/ports.ts'

export interface TestClock extends Clock {
  /** Moves time on and runs what became due, in order; awaits what those tasks set going. */
  advance(ms: number): Promise<void>
  /** Jumps to an instant, forwards or back, without running anything. */
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
  let order = 0
  let waiting: Waiting[] = []
  function takeDue(until: number): Waiting | undefined {
    waiting.sort((a, b) => a.at - b.at || a.order - b.order)
    return waiting[0] && waiting[0].at <= until ? waiting.shift() : undefined
  }
  return {
    now: () => new Date(now).toISOString(),
    nowMs: () => now,
    after(ms, task) {
      const entry: Waiting = { at: now + ms, order: order++, task }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    async advance(ms) {
      const until = now + ms
      await settle()
      for (let due = takeDue(until); due; due = takeDue(until)) {
        now = Math.max(now, due.at)
        due.task()
        await settle()
      }
      now = until
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
