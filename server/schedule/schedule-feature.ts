import type { JobsView } from '#contract/jobs.ts'
import type { PageQuery } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Clock, NewId } from '../ports.ts'
import { createDueLoop, type DueLoop, type DueLoopOptions } from './due-loop.ts'
import { createDueWorker } from './due-worker.ts'
import { jobRoutes } from './job-routes.ts'
import {
  createRewriter,
  REWRITE_PAUSE_MS,
  REWRITE_REST_MS,
  type RewriteOrder,
} from './rewrite-worker.ts'
import { createRecurringJobs, type MakeTrigger } from './recurring-jobs.ts'
import { createSetAsideService } from './set-aside-service.ts'

export interface ScheduleDeps {
  database: Database
  clock: Clock
  newId: NewId
  logger: Logger
  /** node-cron unless a test drives the turns itself. */
  makeTrigger?: MakeTrigger
}

/** The clock is the feature's unless a loop has one of its own. */
export type LoopOrder = Omit<DueLoopOptions, 'clock' | 'logger'> & { clock?: Clock }

export interface Rewriting {
  isDone: () => boolean
  reached: (db: Db) => Promise<string | null>
  run: () => Promise<void>
}

export type Schedule = ReturnType<typeof createSchedule>

/**
 * Everything that falls due or recurs. Other features register what they have before `start`; what
 * is registered later begins at once.
 */
export function createSchedule(deps: ScheduleDeps) {
  const { database, clock, newId, logger, makeTrigger } = deps
  /** This process in the `due_owner` of the rows that it has. */
  const owner = newId()
  const loops: DueLoop[] = []
  const setAside = createSetAsideService({ database, clock, newId, logger })
  const worker = createDueWorker({ database, clock, logger, owner, setAside })
  const recurring = createRecurringJobs({
    clock,
    logger,
    ...(makeTrigger === undefined ? {} : { makeTrigger }),
  })
  recurring.add({
    name: 'old entries of what was set aside',
    cron: '30 3 * * *',
    work: (now) => setAside.forgetOld(now),
  })
  const rewritings: (() => Promise<void>)[] = []
  let started = false

  /** Registers a loop over rows that fall due; it starts and stops with the schedule. */
  function loop(order: LoopOrder): DueLoop {
    const made = createDueLoop({ clock, logger, ...order })
    loops.push(made)
    if (started) made.start()
    return made
  }

  /**
   * Registers rows that are gone through once by new rules, step by step from the start on. `isDone`:
   * whether all have been, as far as this process knows; `reached`: the last id that was seen, empty at
   * the beginning, null when all have been; `run` goes through the rest now.
   */
  function rewrite(order: RewriteOrder): Rewriting {
    const rewriter = createRewriter(database, order)
    const { work, nextDueAt, isDone, reached } = rewriter
    const pace = { longestSleepMs: REWRITE_REST_MS, shortestPauseMs: REWRITE_PAUSE_MS }
    const made = loop({ name: order.name, work, nextDueAt, ...pace })
    const run = async () => {
      while (!isDone()) await made.run()
    }
    rewritings.push(run)
    return { isDone, reached, run }
  }

  async function view(query: PageQuery): Promise<JobsView> {
    return {
      loops: loops.map((one) => one.status()),
      recurring: recurring.status(),
      setAside: await setAside.list(query),
    }
  }

  /** Of `only` these names, the loops alone: for tests that let hours pass. */
  function start(only?: readonly string[]): void {
    for (const one of loops) if (only?.includes(one.name) ?? true) one.start()
    if (only !== undefined) return
    started = true
    recurring.start()
  }

  /** Resolves when the looks and jobs under way are over; nothing is armed after it. */
  async function stop(): Promise<void> {
    started = false
    await Promise.all([recurring.stop(), ...loops.map((one) => one.stop())])
  }

  /** Resolves when no look is under way. */
  async function settled(): Promise<void> {
    await Promise.all(loops.map((one) => one.settled()))
  }

  return {
    owner,
    loop,
    recur: recurring.add,
    /** Runs a recurring job now, unless it is running; resolves when it is over. */
    runNow: recurring.run,
    work: worker.work,
    setAside,
    routes: jobRoutes({ view }),
    start,
    rewrite,
    /** Goes through everything that is to be rewritten, now; for tests and tools. */
    async rewriteAll() {
      for (const run of rewritings) await run()
    },
    settled,
    stop,
  }
}
