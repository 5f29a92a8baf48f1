import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import { addDays, localDay, startOfLocalDay } from '../calendar/working-days.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { Database } from '../db/transaction.ts'
import type { Cancel, Clock } from '../ports.ts'
import { sumDay } from './queue-store.ts'
import {
  countsOf,
  type CountedQueue,
  emptyCounts,
  type Recount,
  recount,
  turnDay,
} from './today-counts.ts'

export interface TodayDeps {
  database: Database
  clock: Clock
  hotlineQueues: readonly string[]
  /** Something that is shown has changed. */
  onChange: () => void
}

/** Timers are a hint: the wall clock is looked at again at least this often before midnight. */
const LONGEST_WAIT_MS = 60 * 60_000

export type TodayService = ReturnType<typeof createTodayService>

/** Today's counters: a sum over today's calls, live and after a restart by the same rule. */
export function createTodayService(deps: TodayDeps) {
  const { clock, hotlineQueues } = deps
  let counts = emptyCounts(localDay(clock.now()))
  let cancelMidnight: Cancel | null = null

  /** Sums up today's calls from the database; call it before the PBX is listened to. */
  async function start(): Promise<void> {
    const day = localDay(clock.now())
    counts = emptyCounts(day)
    for (const { counts: after, ...queue } of await sumDay(deps.database.db, day, hotlineQueues)) {
      counts = recount(counts, { ...queue, day }, { before: NO_CALLS, after })
    }
    watchMidnight()
  }

  function stop(): void {
    cancelMidnight?.()
    cancelMidnight = null
  }

  /** What a call adds has changed; a call of another day or queue changes nothing. */
  function count(call: Call, change: Recount): void {
    if (call.queue === null) return
    const day = localDay(call.enteredAt)
    counts = recount(counts, { pbxId: call.pbxId, queue: call.queue, day }, change)
    deps.onChange()
  }

  function watchMidnight(): void {
    const day = localDay(clock.now())
    counts = turnDay(counts, day)
    const midnight = Date.parse(startOfLocalDay(addDays(day, 1)))
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(1, midnight - clock.nowMs()))
    cancelMidnight = clock.after(wait, () => {
      watchMidnight()
      deps.onChange()
    })
  }

  return {
    start,
    stop,
    count,
    of: (queue: CountedQueue): CallCounts => countsOf(counts, queue),
  }
}
