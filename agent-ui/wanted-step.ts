import { useEffect } from 'react'
import type { ProcessAction } from '#contract/casework/process.ts'
import { createObservable, useObservable } from './observable.ts'

interface Wanted {
  ticketId: string
  action: ProcessAction
}

const wanted = createObservable<Wanted | null>(null)

/** Opens the form of a step of this ticket as soon as the ticket is shown, from wherever on the page. */
export function openStep(ticketId: string, action: ProcessAction): void {
  wanted.change(() => ({ ticketId, action }))
}

/** Calls `open` once for the step that was asked of this ticket. */
export function useWantedStep(ticketId: string, open: (action: ProcessAction) => void): void {
  const asked = useObservable(wanted, (one) => (one?.ticketId === ticketId ? one : null))
  useEffect(() => {
    if (asked === null) return
    wanted.change(() => null)
    open(asked.action)
  }, [asked])
}
