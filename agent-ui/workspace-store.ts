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

/**
 * Opens the tickets of answered calls as they arrive, in front of everything but unsaved words of the
 * last seconds; `bring` shows the desk.
 */
export function followPops(bring: () => void): () => void {
  let shown = live.get().desk?.pops
  const unfollow = [followTyping(), followCalls()]
  const unsubscribe = live.subscribe(() => {
    const pops = live.get().desk?.pops
    if (!pops || pops === shown) return
    shown = pops
    const before = workspace.get().activeKey
    const busy = isAtWork()
    step({ type: 'pops_changed', pops, busy })
    const { activeKey, tabs } = workspace.get()
    const front = tabs.find(({ key }) => key === activeKey)
    if (busy || activeKey === before || front === undefined) return
    if (!isLive(pops, front.callId)) return
    if (front.ticketId !== null) wantFocus(front.ticketId, null)
    bring()
  })
  return () => {
    unsubscribe()
    for (const stop of unfollow) stop()
  }
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
