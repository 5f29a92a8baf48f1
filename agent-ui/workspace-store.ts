import { live } from './live-store.ts'
import { createObservable, useObservable } from './observable.ts'
import { EMPTY_WORKSPACE, isWorkspace, reduceWorkspace } from './state/workspace.ts'
import type { Workspace, WorkspaceStep } from './state/workspace.ts'

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

/** True while the agent's hands are in a form: a field, or the button that is about to promise. */
function isWriting(): boolean {
  return document.activeElement?.closest('form, [role="search"]') != null
}

/** Opens the tickets of answered calls as they arrive. */
export function followPops(): () => void {
  let shown = live.get().desk?.pops
  return live.subscribe(() => {
    const pops = live.get().desk?.pops
    if (!pops || pops === shown) return
    shown = pops
    step({ type: 'pops_changed', pops, busy: isWriting() })
  })
}
