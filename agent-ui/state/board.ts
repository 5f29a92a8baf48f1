import { addCounts, type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import type { CountOfQueue, Owed } from '#contract/supervision/owed.ts'
import type {
  LiveQueue,
  MemberState,
  PbxStatus,
  QueueMember,
  QueuesSnapshot,
  WaitingCaller,
} from '#contract/queues.ts'
import { troubledPbxs } from './connection.ts'

/** Which queue the board shows, kept in its address; left out: all of them. */
export interface BoardSearch {
  queue?: string
}

export function boardSearch(search: Record<string, unknown>): BoardSearch {
  const { queue } = search
  return typeof queue === 'string' && queue !== '' ? { queue } : {}
}

/** The name of a queue in the address; two PBXs may have queues of one name. */
export function queueKey({ pbxId, name }: Pick<LiveQueue, 'pbxId' | 'name'>): string {
  return `${pbxId}/${name}`
}

/** What is asked for, or all when there is no such queue any more. */
export function chosenQueues(queues: readonly LiveQueue[], search: BoardSearch): LiveQueue[] {
  const chosen = queues.filter((queue) => queueKey(queue) === search.queue)
  return chosen.length > 0 ? chosen : [...queues]
}

export interface BoardCaller {
  queue: LiveQueue
  caller: WaitingCaller
}

/** Who waits, the longest first: within a queue that is its order, unless somebody was moved up. */
export function callersOf(queues: readonly LiveQueue[]): BoardCaller[] {
  const all = queues.flatMap((queue) => queue.waiting.map((caller) => ({ queue, caller })))
  const isOne = queues.length === 1
  return all.toSorted((a, b) =>
    isOne
      ? a.caller.position - b.caller.position
      : a.caller.joinedAt.localeCompare(b.caller.joinedAt) || a.caller.position - b.caller.position,
  )
}

export interface BoardMember {
  member: QueueMember
  /** In which they are, of those that are shown. */
  queues: LiveQueue[]
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

/** Each phone once, by its number. */
export function membersOf(queues: readonly LiveQueue[]): BoardMember[] {
  const rows = queues.flatMap((queue) => queue.members.map((member) => ({ queue, member })))
  const phones = Map.groupBy(rows, ({ queue, member }) => `${queue.pbxId}/${member.extension}`)
  return [...phones.values()]
    .flatMap((same) => {
      const [first] = same.toSorted((a, b) => rankOf(a.member) - rankOf(b.member))
      return first === undefined
        ? []
        : [{ member: first.member, queues: same.map(({ queue }) => queue) }]
    })
    .toSorted((a, b) => a.member.extension.localeCompare(b.member.extension))
}

const rankOf = ({ state }: QueueMember): number => TELLING.indexOf(state)

export function countsOf(queues: readonly LiveQueue[]): CallCounts {
  return queues.reduce<CallCounts>((sum, { today }) => addCounts(sum, today), NO_CALLS)
}

/** How many of the queues that are shown; when all are, also those of no queue. */
export function ofQueues(
  counts: readonly CountOfQueue[],
  names: ReadonlySet<string> | null,
): number {
  return counts.reduce((sum, { queue, count }) => {
    const isShown = names === null || (queue !== null && names.has(queue))
    return sum + (isShown ? count : 0)
  }, 0)
}

/** Told every ten seconds while the page is watched: without a word for so long nobody reads any more. */
export const OWED_OLD_MS = 25_000

/** Since when a source says nothing, by the service's clock in ms; null while it speaks. */
export interface SourceState {
  /** When it last spoke; null: it has not yet. */
  asOf: string | null
  silentSince: number | null
}

interface Seen {
  snapshot: QueuesSnapshot
  /** Since when the service is away, by its own clock; null: it is there. */
  awaySince: number | null
  nowMs: number
}

/** What the PBXs of these queues tell: who waits, who talks, what was counted of it. */
export function pbxSource(
  { snapshot, awaySince }: Pick<Seen, 'snapshot' | 'awaySince'>,
  queues: readonly LiveQueue[],
): SourceState {
  const shown = new Set(queues.map(({ pbxId }) => pbxId))
  const lost = lostPbxs(snapshot.pbx.filter(({ pbxId }) => shown.has(pbxId)))
  return { asOf: snapshot.asOf, silentSince: earliest([awaySince, ...lost]) }
}

function lostPbxs(pbx: readonly PbxStatus[]): number[] {
  return troubledPbxs(pbx).map(({ since }) => Date.parse(since))
}

/** What is read from rows: promises, tickets, missed callers. */
export function owedSource(
  { snapshot, awaySince, nowMs }: Seen,
  database: { since: string | null; isWaiting: boolean },
): SourceState {
  const asOf = snapshot.owed?.asOf ?? null
  const readAt = asOf === null ? null : Date.parse(asOf)
  const old = readAt !== null && nowMs - readAt > OWED_OLD_MS ? readAt : null
  const waits = database.isWaiting ? Date.parse(database.since ?? snapshot.asOf) : null
  return { asOf, silentSince: earliest([awaySince, old, waits]) }
}

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((moment) => moment !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** Kept ÷ kept, late and broken of what was promised for today. */
export function judgedToday({ promises }: Pick<Owed, 'promises'>): { kept: number; all: number } {
  const { keptToday, lateToday, brokenToday } = promises
  return { kept: keptToday, all: keptToday + lateToday + brokenToday }
}
