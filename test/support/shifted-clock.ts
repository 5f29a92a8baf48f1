import type { Cancel, Clock } from '../../server/ports.ts'

export interface ShiftedClock extends Clock {
  /** Jumps forward; what became due runs at once, on real timers. */
  shift(ms: number): void
}

interface Task {
  dueMs: number
  run: () => void
  timer: NodeJS.Timeout
}

/** The machine's clock with a movable offset: real parts keep running while a promise falls due. */
export function createShiftedClock(): ShiftedClock {
  const tasks = new Set<Task>()
  let offsetMs = 0
  const nowMs = (): number => Date.now() + offsetMs

  function arm(task: Task): void {
    clearTimeout(task.timer)
    task.timer = setTimeout(
      () => {
        tasks.delete(task)
        task.run()
      },
      Math.max(0, task.dueMs - nowMs()),
    )
  }

  return {
    nowMs,
    now: () => new Date(nowMs()).toISOString(),
    monotonicMs: () => performance.now() + offsetMs,
    after(ms, run): Cancel {
      const task: Task = { dueMs: nowMs() + ms, run, timer: setTimeout(() => undefined, 0) }
      tasks.add(task)
      arm(task)
      return () => {
        clearTimeout(task.timer)
        tasks.delete(task)
      }
    },
    shift(ms) {
      offsetMs += ms
      for (const task of tasks) arm(task)
    },
  }
}
