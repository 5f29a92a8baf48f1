import { useEffect } from 'react'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { followTyping, isAtWork } from './hands.ts'
import { live } from './live-store.ts'
import { createObservable, useObservable } from './observable.ts'
import { EMPTY_WORKSPACE, isWorkspace, reduceWorkspace } from './state/workspace.ts'
import type { Workspace, WorkspaceStep } from './state/workspace.ts'
import { wantFocus } from './wanted.ts'

const KEY = 'hotline.workspace'

/** Kept per browser tab, so that a reload and a second tab each find their own tickets. */
function restored(): Workspace {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    return isWorkspace(kept) ? kept : EMPTY_WORKSPACE
  } catch {
    return EMPTY_WORKSPACE
  }
}

const workspace = createObservable<Workspace>(restored())

workspace.subscribe(() => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(workspace.get()))
  } catch {
    // the tabs last until reload only
  }
})

export function step(next: WorkspaceStep): void {
  workspace.change((space) => reduceWorkspace(space, next))
}

export function useWorkspace(): Workspace {
  return useObservable(workspace, (space) => space)
}

export function forgetWorkspace(): void {
  workspace.change(() => EMPTY_WORKSPACE)
}

/** Calls `then` when another tab takes the front, before it is drawn. */
export function followFront(then: () => void): () => void {
  let front = workspace.get().activeKey
  return workspace.subscribe(() => {
    const { activeKey } = workspace.get()
    if (activeKey === front) return
    front = activeKey
    then()
  })
}

let readyCall: string | null = null

/** The desk has the form of this call ready: its ticket is not waited for. */
export function useReadyCall(callId: string | null): void {
  useEffect(() => {
    readyCall = callId
    return () => {
      readyCall = null
    }
  }, [callId])
}

/** So long the ticket of an answered call is waited for, that tab and form are drawn at once. */
const WAITS_MS = 150

interface CallsFollower {
  /** Shows the desk. */
  bring: () => void
  /** Asks for a ticket, now or once what is drawn now is on screen; null when it is there already. */
  fetch: (ticketId: string, when: 'now' | 'painted') => Promise<unknown> | null
}

/**
 * Opens the tickets of answered calls as they arrive, in front of everything but unsaved words of the
 * last seconds.
 */
export function followPops({ bring, fetch }: CallsFollower): () => void {
  let shown = live.get().desk?.pops
  let isOn = true
  const unfollow = [followTyping(), followCalls()]
  const open = (): void => {
    const pops = live.get().desk?.pops
    if (pops && isOn) openCalls(pops, bring)
  }
  const unsubscribe = live.subscribe(() => {
    const pops = live.get().desk?.pops
    if (!pops || pops === shown) return
    shown = pops
    const asked = ticketsToOpen(pops).flatMap(({ callId, ticketId }) => {
      const isReady = callId === readyCall
      const read = fetch(ticketId, isReady ? 'painted' : 'now')
      return read === null || isReady ? [] : read
    })
    if (asked.length === 0) open()
    else void Promise.race([Promise.allSettled(asked), afterMs(WAITS_MS)]).then(open)
  })
  return () => {
    isOn = false
    unsubscribe()
    for (const stop of unfollow) stop()
  }
}

/** The tickets that these calls bring, of which no tab shows any yet. */
function ticketsToOpen(pops: readonly ScreenPop[]): { callId: string | null; ticketId: string }[] {
  const before = workspace.get()
  const { tabs } = reduceWorkspace(before, { type: 'pops_changed', pops, busy: true })
  const known = new Set(before.tabs.map(({ ticketId }) => ticketId))
  return tabs.flatMap(({ callId, ticketId }) =>
    ticketId === null || known.has(ticketId) ? [] : { callId, ticketId },
  )
}

function openCalls(pops: readonly ScreenPop[], bring: () => void): void {
  const before = workspace.get().activeKey
  const busy = isAtWork()
  step({ type: 'pops_changed', pops, busy })
  const { activeKey, tabs } = workspace.get()
  const front = tabs.find(({ key }) => key === activeKey)
  if (busy || activeKey === before || front === undefined) return
  if (!isLive(pops, front.callId)) return
  if (front.ticketId !== null) wantFocus(front.ticketId, null)
  bring()
}

function afterMs(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms))
}

/** Remembers the own call that is over, and of which ticket it was. */
function followCalls(): () => void {
  let on = live.get().desk?.call ?? null
  return live.subscribe(() => {
    const { desk } = live.get()
    const before = on
    on = desk?.call ?? null
    if (before === null || desk === null || before.id === on?.id) return
    const { id: callId, direction, ticket } = before
    const pop = desk.pops.find(({ call }) => call.id === callId)
    const ticketId = ticket?.id ?? pop?.ticket?.id ?? null
    step({ type: 'call_over', call: { callId, direction, ticketId } })
  })
}

function isLive(pops: readonly ScreenPop[], callId: string | null): boolean {
  return pops.some(({ call, stage }) => call.id === callId && stage === 'answered')
}
