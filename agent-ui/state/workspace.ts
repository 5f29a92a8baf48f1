import type { OwnCall } from '#contract/calls.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'

/** One tab of the desk: a call, a ticket, or a call that became a ticket. */
export interface WorkTab {
  key: string
  callId: string | null
  ticketId: string | null
}

export interface Workspace {
  tabs: WorkTab[]
  activeKey: string | null
  /** Calls whose tab the agent closed; their pop does not open it again. */
  closedCalls: string[]
  /** The own call that ended last, for the rest after it. */
  lastCall?: LastCall
}

export interface LastCall {
  callId: string
  direction: OwnCall['direction']
  ticketId: string | null
}

export const EMPTY_WORKSPACE: Workspace = { tabs: [], activeKey: null, closedCalls: [] }

/** What was kept by an earlier version of the page may have another shape. */
export function isWorkspace(value: unknown): value is Workspace {
  return (
    typeof value === 'object' &&
    value !== null &&
    'tabs' in value &&
    Array.isArray(value.tabs) &&
    value.tabs.every((tab: unknown) => typeof tab === 'object' && tab !== null && 'key' in tab) &&
    'closedCalls' in value &&
    Array.isArray(value.closedCalls) &&
    'activeKey' in value
  )
}

/** `busy`: the agent's words or dialog would be taken away, so nothing comes to the front. */
export type WorkspaceStep =
  | { type: 'pops_changed'; pops: readonly ScreenPop[]; busy: boolean }
  | { type: 'ticket_opened'; ticketId: string }
  | { type: 'call_opened'; callId: string; ticketId: string | null }
  | { type: 'tab_chosen'; key: string }
  | { type: 'tab_closed'; key: string }
  | { type: 'call_over'; call: LastCall }

const MAX_TABS = 8
const MAX_CLOSED = 50

/** Pure: which tabs the desk shows after a step. */
export function reduceWorkspace(space: Workspace, step: WorkspaceStep): Workspace {
  switch (step.type) {
    case 'pops_changed':
      return step.pops.reduce(
        (current, pop) => withPop(current, pop, step.busy),
        withoutGoneCalls(space, step.pops),
      )
    case 'ticket_opened':
      return opened(space, { callId: null, ticketId: step.ticketId }, true)
    case 'call_opened':
      return opened(space, { callId: step.callId, ticketId: step.ticketId }, true)
    case 'tab_chosen':
      return { ...space, activeKey: step.key }
    case 'tab_closed':
      return closed(space, step.key)
    case 'call_over':
      return { ...space, lastCall: step.call }
    default:
      return step satisfies never
  }
}

/** A previewed call that was taken by somebody else has nothing left to show. */
function withoutGoneCalls(space: Workspace, pops: readonly ScreenPop[]): Workspace {
  const live = new Set(pops.map((pop) => pop.call.id))
  return space.tabs
    .filter((tab) => tab.ticketId === null && tab.callId !== null && !live.has(tab.callId))
    .reduce((current, tab) => withoutTab(current, tab.key), space)
}

function withPop(space: Workspace, pop: ScreenPop, busy: boolean): Workspace {
  const { id: callId } = pop.call
  const ticketId = pop.ticket?.id ?? null
  if (pop.stage === 'ringing' || pop.stage === 'withdrawn') return space
  if (space.closedCalls.includes(callId)) return space
  const known = space.tabs.find((tab) => tab.callId === callId)
  if (known && known.ticketId === ticketId) return space
  if (pop.stage === 'ended' && ticketId === null) return space
  return opened(space, { callId, ticketId }, !busy || space.activeKey === null)
}

type Content = Omit<WorkTab, 'key'>

function opened(space: Workspace, content: Content, activate: boolean): Workspace {
  const known = space.tabs.find((tab) => shows(tab, content))
  const tab: WorkTab = known
    ? {
        key: known.key,
        callId: content.callId ?? known.callId,
        ticketId: content.ticketId ?? known.ticketId,
      }
    : { key: content.callId ?? content.ticketId ?? '', ...content }
  const others = space.tabs.filter((other) => other.key === tab.key || !shows(other, tab))
  const tabs = known
    ? others.map((other) => (other.key === tab.key ? tab : other))
    : [...others, tab].slice(-MAX_TABS)
  const closedCalls = space.closedCalls.filter((callId) => callId !== content.callId)
  return { ...space, tabs, closedCalls, activeKey: activate ? tab.key : space.activeKey }
}

function shows(tab: WorkTab, content: Content): boolean {
  return (
    (content.callId !== null && tab.callId === content.callId) ||
    (content.ticketId !== null && tab.ticketId === content.ticketId)
  )
}

function closed(space: Workspace, key: string): Workspace {
  const callId = space.tabs.find((tab) => tab.key === key)?.callId
  const rest = withoutTab(space, key)
  return callId ? { ...rest, closedCalls: [...rest.closedCalls, callId].slice(-MAX_CLOSED) } : rest
}

function withoutTab(space: Workspace, key: string): Workspace {
  const tabs = space.tabs.filter((tab) => tab.key !== key)
  const activeKey = space.activeKey === key ? (tabs.at(-1)?.key ?? null) : space.activeKey
  return { ...space, tabs, activeKey }
}
