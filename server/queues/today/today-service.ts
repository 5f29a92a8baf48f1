import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import { addDays, localDay, startOfLocalDay } from '../../calendar/working-days.ts'
import type { Call } from '../../calls/conversation/call.ts'
import type { PartsFact } from '../../calls/conversation/call-fact.ts'
import { countedQueue } from '../../calls/conversation/contribution.ts'
import type { Cancel } from '../../ports.ts'
import { type AgentDaysDeps, createAgentDays } from './agent-days-service.ts'
import {
  countsOf,
  type CountedQueue,
  emptyCounts,
  type Recount,
  recount,
  turnDay,
} from './queue-counts.ts'
import { createRests, type Rest, type RestsDeps } from './rests-service.ts'
import { sumDay } from './today-store.ts'

export interface TodayDeps extends AgentDaysDeps, Omit<RestsDeps, 'onWrapUp'> {
  hotlineQueues: readonly string[]
  /** Something that is shown has changed. */
  onChange: () => void
}

/** Timers are a hint: the wall clock is looked at again at least this often before midnight. */
const LONGEST_WAIT_MS = 60 * 60_000

export type TodayService = ReturnType<typeof createTodayService>

/** Today's counters: sums over today's calls and their parts, live and after a restart by the same rule. */
export function createTodayService(deps: TodayDeps) {
  const { clock, hotlineQueues } = deps
  let counts = emptyCounts(localDay(clock.now()))
  let cancelMidnight: Cancel | null = null
  const agents = createAgentDays(deps)
  const rests = createRests({ ...deps, onWrapUp })

  /** Sums up today from the database; call it before the PBX is listened to. */
  async function start(): Promise<void> {
    const day = localDay(clock.now())
    counts = emptyCounts(day)
    for (const { counts: after, ...queue } of await sumDay(deps.database.db, day, hotlineQueues)) {
      counts = recount(counts, { ...queue, day }, { before: NO_CALLS, after })
    }
    await agents.start()
    watchMidnight()
  }

  function stop(): void {
    cancelMidnight?.()
    cancelMidnight = null
  }

  /** What a call adds has changed; a call of another day or queue changes nothing. */
  function count(call: Call, change: Recount): void {
    const queue = countedQueue(call)
    if (queue === null) return
    const day = localDay(call.enteredAt)
    counts = recount(counts, { pbxId: call.pbxId, queue, day }, change)
    agents.turnDay(counts.day)
    deps.onChange()
  }

  /** Agents' parts of calls have changed. */
  function talked(changes: PartsFact['changes']): void {
    for (const change of changes) {
      agents.talked(change.before, change.call)
      rests.talked(change)
    }
  }

  function onWrapUp(rest: Rest, seconds: number): void {
    const { extension, endedAt: at, day, pbxId, queue } = rest
    agents.wrappedUp({ extension, at, day }, seconds)
    if (queue === null) return
    const after = { ...NO_CALLS, wrapUpSeconds: seconds }
    counts = recount(counts, { pbxId, queue, day }, { before: NO_CALLS, after })
    deps.onChange()
  }

  function turnTo(day: string): void {
    counts = turnDay(counts, day)
    agents.turnDay(day)
  }

  function watchMidnight(): void {
    const day = localDay(clock.now())
    turnTo(day)
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
    talked,
    wished: agents.wished,
    onMembers: rests.onMembers,
    settled: rests.settled,
    of: (queue: CountedQueue): CallCounts => countsOf(counts, queue),
    ofPhone: agents.ofPhone,
    ofPerson: agents.ofPerson,
  }
}
