import { useEffect } from 'react'
import { createObservable, useObservable } from './observable.ts'
import type { ComposerTab } from './state/composer.ts'

interface Wanted {
  ticketId: string
  tab: ComposerTab
}

const wanted = createObservable<Wanted | null>(null)

/** Opens a tab of this ticket's composer, from wherever on the page. */
export function openComposer(ticketId: string, tab: ComposerTab): void {
  wanted.change(() => ({ ticketId, tab }))
}

/** Calls `open` once for what was asked of this ticket. */
export function useWantedTab(ticketId: string, open: (tab: ComposerTab) => void): void {
  const asked = useObservable(wanted, (one) => (one?.ticketId === ticketId ? one : null))
  useEffect(() => {
    if (asked === null) return
    wanted.change(() => null)
    open(asked.tab)
  }, [asked])
}
