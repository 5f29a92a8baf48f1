import type { AlarmRule } from '#contract/supervision/alarms.ts'
import type { Instant } from '#contract/primitives.ts'
import type { LiveQueue, QueuesSnapshot } from '#contract/queues.ts'
import {
  addCounts,
  type CallCounts,
  NO_CALLS,
  serviceLevel,
} from '#contract/supervision/figures.ts'
import { secondsBetween } from '../time.ts'
import type { Reading } from './alarm-rule.ts'

/** A share of fewer calls says nothing: one of three would ring every morning. */
const FEWEST_CALLS = 10

/** What rules read; the counts are null while they could not be made. */
export interface AlarmSources {
  board: QueuesSnapshot
  promisesAtRisk: number | null
  ticketsOverdue: number | null
}

export function readingOf(
  { measure, queue }: Pick<AlarmRule, 'measure' | 'queue'>,
  { board, promisesAtRisk, ticketsOverdue }: AlarmSources,
  now: Instant,
): Reading {
  switch (measure) {
    case 'promises_at_risk':
      return { value: promisesAtRisk, since: null }
    case 'tickets_overdue':
      return { value: ticketsOverdue, since: null }
    case 'pbx_link':
      return awaySince(board, now)
    case 'waiting':
    case 'longest_wait':
    case 'free_agents':
    case 'service_level':
      return ofQueues(measure, seenQueues(board, queue), now)
  }
}

/** The queues of PBXs that are connected; null: of the one that is meant nothing is known. */
function seenQueues({ pbx, queues }: QueuesSnapshot, name: string | null): LiveQueue[] | null {
  const ready = new Set(pbx.flatMap(({ pbxId, link }) => (link === 'ready' ? pbxId : [])))
  const seen = queues.filter((one) => ready.has(one.pbxId) && (name === null || one.name === name))
  return seen.length === 0 ? null : seen
}

const UNKNOWN: Reading = { value: null, since: null }

function ofQueues(
  measure: 'waiting' | 'longest_wait' | 'free_agents' | 'service_level',
  queues: LiveQueue[] | null,
  now: Instant,
): Reading {
  if (queues === null) return UNKNOWN
  const joined = queues.flatMap(({ waiting }) =>
    waiting.filter(({ isPlace }) => !isPlace).map(({ joinedAt }) => joinedAt),
  )
  switch (measure) {
    case 'waiting':
      return { value: joined.length, since: null }
    case 'longest_wait': {
      const since = joined.toSorted()[0] ?? null
      return { value: since === null ? 0 : secondsBetween(since, now), since }
    }
    case 'free_agents':
      return { value: freeIn(queues), since: null }
    case 'service_level': {
      const today = queues.reduce<CallCounts>((sum, one) => addCounts(sum, one.today), NO_CALLS)
      const level = today.offered < FEWEST_CALLS ? null : serviceLevel(today)
      return { value: level === null ? null : Math.floor(level * 100), since: null }
    }
  }
}

/** People, however many of the queues they are in. */
function freeIn(queues: LiveQueue[]): number {
  const free = queues.flatMap(({ members }) => members.filter(({ state }) => state === 'ready'))
  return new Set(free.map(({ extension }) => extension)).size
}

/** For how many seconds the PBX that was lost first is away. */
function awaySince({ pbx }: QueuesSnapshot, now: Instant): Reading {
  const lost = pbx.filter(({ link }) => link !== 'ready').map(({ since }) => since)
  const since = lost.toSorted()[0] ?? null
  return { value: since === null ? 0 : secondsBetween(since, now), since }
}
