import type { CallbackView } from '#contract/callbacks.ts'
import type { OwnCall } from '#contract/calls.ts'
import type { AgentState, DeskSnapshot } from '#contract/desk.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'

/** What the desk knows of its person; the server's rows are the truth, this is their mirror. */
export interface DeskState {
  user: DeskSnapshot['user']
  state: AgentState
  /** The call this person talks on now. */
  call: OwnCall | null
  pops: ScreenPop[]
  callbacks: CallbackView[]
  /** Whose last attempt waits for this person's word, the newest first. */
  awaiting: CallbackView[]
  counts: DeskSnapshot['counts']
  /** Newest revision seen per pop, also of pops that are gone, so that late news cannot revive them. */
  popRevs: Record<string, number>
  /** The same for promises: late news of a kept one must not put it back on the list. */
  callbackVersions: Record<string, number>
}

export type DeskNews =
  | { type: 'desk_snapshot'; snapshot: DeskSnapshot }
  | { type: 'screen_pop'; pop: ScreenPop }
  | { type: 'desk_call'; call: OwnCall | null }
  | { type: 'agent_state'; state: AgentState }
  | { type: 'callback_updated'; callback: CallbackView }
  | { type: 'counts'; counts: DeskSnapshot['counts'] }

/** Pure: a snapshot replaces everything, other news wait for the first snapshot. */
export function reduceDesk(desk: DeskState | null, news: DeskNews): DeskState | null {
  if (news.type === 'desk_snapshot') return fromSnapshot(news.snapshot)
  if (!desk) return null
  switch (news.type) {
    case 'screen_pop':
      return withPop(desk, news.pop)
    case 'desk_call':
      return { ...desk, call: unlessEnded(news.call) }
    case 'agent_state':
      return { ...desk, state: news.state }
    case 'callback_updated':
      return withCallback(desk, news.callback)
    case 'counts':
      return { ...desk, counts: news.counts }
    default:
      return news satisfies never
  }
}

function fromSnapshot(snapshot: DeskSnapshot): DeskState {
  const { user, state, callbacks, awaiting, counts } = snapshot
  const pops = snapshot.pops.filter((pop) => pop.stage !== 'withdrawn')
  const popRevs = Object.fromEntries(snapshot.pops.map((pop) => [pop.id, pop.rev]))
  const callbackVersions = Object.fromEntries(
    [...callbacks, ...awaiting].map((row) => [row.id, row.version]),
  )
  const call = unlessEnded(snapshot.call)
  return { user, state, call, pops, callbacks, awaiting, counts, popRevs, callbackVersions }
}

/** Nobody talks on a call that is over, whoever still says so. */
function unlessEnded(call: OwnCall | null): OwnCall | null {
  return call?.status === 'ended' ? null : call
}

function withPop(desk: DeskState, pop: ScreenPop): DeskState {
  if (pop.rev <= (desk.popRevs[pop.id] ?? -1)) return desk
  const others = desk.pops.filter((known) => known.id !== pop.id)
  const pops = pop.stage === 'withdrawn' ? others : [...others, pop].toSorted(byEntry)
  return { ...desk, pops: withoutOldEnded(pops), popRevs: { ...desk.popRevs, [pop.id]: pop.rev } }
}

/** What a tab may still show of calls that are over; a day has hundreds of them. */
const ENDED_KEPT = 16

function withoutOldEnded(pops: ScreenPop[]): ScreenPop[] {
  const ended = pops.filter(({ stage }) => stage === 'ended')
  const old = new Set(ended.slice(0, -ENDED_KEPT))
  return old.size === 0 ? pops : pops.filter((pop) => !old.has(pop))
}

function byEntry(a: ScreenPop, b: ScreenPop): number {
  return a.call.enteredAt.localeCompare(b.call.enteredAt) || a.id.localeCompare(b.id)
}

/**
 * Only my promises that still need something stay in the list. What a promise waits for changes
 * without a new version, so news of the version that is known replaces it.
 */
function withCallback(desk: DeskState, callback: CallbackView): DeskState {
  if (callback.version < (desk.callbackVersions[callback.id] ?? 0)) return desk
  const others = desk.callbacks.filter((row) => row.id !== callback.id)
  const isMine = callback.assignee?.id === desk.user.id
  const isOpen = callback.status !== 'done' && callback.status !== 'cancelled'
  return {
    ...desk,
    callbacks: isMine && isOpen ? [...others, callback] : others,
    awaiting: withAwaited(desk, callback),
    callbackVersions: { ...desk.callbackVersions, [callback.id]: callback.version },
  }
}

function withAwaited({ awaiting, user }: DeskState, callback: CallbackView): CallbackView[] {
  const others = awaiting.filter(({ id }) => id !== callback.id)
  if (callback.awaits?.staffId !== user.id) return others
  return [...others, callback].toSorted((a, b) => endOf(b).localeCompare(endOf(a)))
}

function endOf({ attempts }: CallbackView): string {
  return attempts.at(-1)?.endedAt ?? ''
}

/** Calls ringing at this agent's phone now: the incoming strip. */
export function ringingPops(desk: DeskState): ScreenPop[] {
  return desk.pops.filter((pop) => pop.stage === 'ringing')
}
