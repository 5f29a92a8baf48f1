import {
  type AgentCounts,
  type AgentDay,
  NO_DAY,
  NO_PARTS,
  recountedAgent,
} from '#contract/supervision/agent-day.ts'
import type { Instant, LocalDate } from '#contract/primitives.ts'
import { localDay, startOfLocalDay } from '../../calendar/working-days.ts'
import type { Call } from '../../calls/conversation/call.ts'
import { partsByPhone } from '../../calls/conversation/parts.ts'
import type { Database } from '../../db/transaction.ts'
import type { Clock } from '../../ports.ts'
import type { WantedState } from '../agent-state.ts'
import { listTimes, sumParts } from './agent-days-store.ts'
import { sinceMidnight, sumTimes, withState } from './agent-times.ts'

export interface AgentDaysDeps {
  database: Database
  clock: Clock
  /** Whose this phone was at that moment, or is. */
  staffByExtensionAt: (extension: string, at: Instant) => { id: string } | null
  onChange: () => void
}

export type AgentDays = ReturnType<typeof createAgentDays>

/** Each person's calls and time in the queues today: sums of rows, kept by their differences. */
export function createAgentDays(deps: AgentDaysDeps) {
  const { database, clock } = deps
  let day = localDay(clock.now())
  let days = new Map<string, AgentDay>()

  /** Sums up the day from the database. */
  async function start(): Promise<void> {
    day = localDay(clock.now())
    const midnight = startOfLocalDay(day)
    days = new Map()
    for (const { extension, staffId, counts } of await sumParts(database.db, day)) {
      add(staffId ?? phoneKey(extension), NO_PARTS, counts)
    }
    for (const [staffId, stretches] of await listTimes(database.db, midnight)) {
      days.set(staffId, { ...dayOf(staffId), times: sumTimes(stretches, midnight) })
    }
  }

  /** Of nobody's phone the phone itself is counted. */
  function personOf(extension: string, at: Instant): string {
    return deps.staffByExtensionAt(extension, at)?.id ?? phoneKey(extension)
  }

  function dayOf(person: string): AgentDay {
    return days.get(person) ?? NO_DAY
  }

  function add(person: string, before: AgentCounts, after: AgentCounts): void {
    const { times, ...counts } = dayOf(person)
    days.set(person, { ...recountedAgent(counts, { before, after }), times })
  }

  /** The agents' parts of a call are others than before. */
  function talked(before: Call | null, after: Call): void {
    turnDay(localDay(after.enteredAt))
    if (before !== null) count(before, 'out')
    count(after, 'in')
    deps.onChange()
  }

  function count(call: Call, way: 'in' | 'out'): void {
    if (localDay(call.enteredAt) !== day) return
    for (const { extension, at, counts } of partsByPhone(call.segments)) {
      const person = personOf(extension, at)
      if (way === 'in') add(person, NO_PARTS, counts)
      else add(person, counts, NO_PARTS)
    }
  }

  function wrappedUp(
    of: { extension: string; at: Instant; day: LocalDate },
    seconds: number,
  ): void {
    if (of.day !== day) return
    const after = { ...NO_PARTS, wrapUpSeconds: seconds }
    add(personOf(of.extension, of.at), NO_PARTS, after)
    deps.onChange()
  }

  /** A person is in the queues, on a pause, or gone, from then on. */
  function wished(staffId: string, wanted: WantedState): void {
    const own = dayOf(staffId)
    days.set(staffId, { ...own, times: withState(own.times, wanted, wanted.since) })
    deps.onChange()
  }

  /** Nobody has talked yet on the new day, and who is there goes on. */
  function turnDay(today: LocalDate): void {
    if (today <= day) return
    day = today
    const midnight = startOfLocalDay(today)
    const kept = [...days].filter(([, { times }]) => times.running !== null)
    days = new Map(
      kept.map(([id, { times }]) => [id, { ...NO_DAY, times: sinceMidnight(times, midnight) }]),
    )
  }

  return {
    start,
    talked,
    wrappedUp,
    wished,
    turnDay,
    /** Of whoever had it at that moment; the same object while nothing has changed. */
    ofPhone: (extension: string, at: Instant): AgentDay => dayOf(personOf(extension, at)),
    ofPerson: dayOf,
  }
}

function phoneKey(extension: string): string {
  return `phone ${extension}`
}
