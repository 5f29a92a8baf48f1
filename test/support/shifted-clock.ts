import type { Cancel, Clock } from '../../server/ports.ts'

export interface ShiftedClock extends Clock {
  /** Time passes; what became due runs at once, on real timers, also the deadline of what is under way. */
  shift(ms: number): void
  /** The wall clock alone jumps forward: who looks at it sees so, and no interval is cut short. */
  jump(ms: number): void
}

interface Task {
  dueMs: number
  run: () => void
  timer: NodeJS.Timeout
}

/** The machine's clock with a movable offset: real parts keep running while a promise falls due. */
export function createShiftedClock(): ShiftedClock {
  const tasks = new Set<Task>()
  let [wallMs, passedMs] = [0, 0]
  const nowMs = (): number => Date.now() + wallMs
  const monotonicMs = (): number => performance.now() + passedMs

  function arm(task: Task): void {
    clearTimeout(task.timer)
    task.timer = setTimeout(
      () => {
        tasks.delete(task)
        task.run()
      },
      Math.max(0, task.dueMs - monotonicMs()),
    )
  }

  return {
    nowMs,
    now: () => new Date(nowMs()).toISOString(),
    monotonicMs,
    after(ms, run): Cancel {
      const task: Task = { dueMs: monotonicMs() + ms, run, timer: setTimeout(() => undefined, 0) }
      tasks.add(task)
      arm(task)
      return () => {
        clearTimeout(task.timer)
        tasks.delete(task)
      }
    },
    shift(ms) {
      wallMs += ms
      passedMs += ms
      for (const task of tasks) arm(task)
    },
    jump(ms) {
      wallMs += ms
    },
  }
}
