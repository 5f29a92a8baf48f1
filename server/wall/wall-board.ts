import type { Alarm } from '#contract/supervision/alarms.ts'
import type { ServiceStatus } from '#contract/health.ts'
import type { Instant } from '#contract/primitives.ts'
import type { LiveQueue, MemberState, QueueMember, QueuesSnapshot } from '#contract/queues.ts'
import { addCounts, type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import type { WallAgent, WallBoard } from '#contract/supervision/wall.ts'

export interface WallSources {
  now: Instant
  appVersion: string
  board: QueuesSnapshot
  database: ServiceStatus['database']
  promises: WallBoard['promises']
  alarms: readonly Alarm[]
}

/** What a screen on the wall may know: figures of all queues and who takes calls, nothing of a customer. */
export function wallBoardOf(sources: WallSources): WallBoard {
  const { now, appVersion, board, database, promises } = sources
  const { queues } = board
  const joined = queues.flatMap(({ waiting }) =>
    waiting.filter(({ isPlace }) => !isPlace).map(({ joinedAt }) => joinedAt),
  )
  return {
    sentAt: now,
    appVersion,
    asOf: board.asOf,
    database,
    pbx: board.pbx.map(({ pbxId, link, since }) => ({ pbxId, link, since })),
    waiting: joined.length,
    waitingSince: joined.toSorted()[0] ?? null,
    today: queues.reduce<CallCounts>((sum, { today }) => addCounts(sum, today), NO_CALLS),
    agents: agentsOf(queues),
    promises,
    alarms: sources.alarms.map(({ id, measure, queue, severity, openedAt, acknowledgedAt }) => {
      return { id, measure, queue, severity, openedAt, isAcknowledged: acknowledgedAt !== null }
    }),
  }
}

/** What of somebody in several queues is shown, the most telling first. */
const TELLING: readonly MemberState[] = [
  'in_call',
  'ringing',
  'wrap_up',
  'ready',
  'paused',
  'unavailable',
]

/** Each once, by their state and then by name, so that those who are free stand together. */
function agentsOf(queues: readonly LiveQueue[]): WallAgent[] {
  const members = Map.groupBy(
    queues.flatMap((queue) => queue.members),
    ({ extension }) => extension,
  )
  return [...members.values()].flatMap((same) => mostTelling(same)).toSorted(inOrder)
}

function mostTelling(same: readonly QueueMember[]): WallAgent[] {
  const [first] = same.toSorted((a, b) => rankOf(a.state) - rankOf(b.state))
  if (first === undefined) return []
  const { extension, displayName, state, stateSince } = first
  return [{ extension, displayName, state, stateSince }]
}

const rankOf = (state: MemberState): number => TELLING.indexOf(state)

const ORDER: readonly MemberState[] = [
  'ready',
  'ringing',
  'in_call',
  'wrap_up',
  'paused',
  'unavailable',
]

function inOrder(a: WallAgent, b: WallAgent): number {
  const byState = ORDER.indexOf(a.state) - ORDER.indexOf(b.state)
  if (byState !== 0) return byState
  return a.displayName < b.displayName ? -1 : 1
}
