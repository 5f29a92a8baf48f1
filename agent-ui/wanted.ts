import { useEffect } from 'react'
import type { ProcessAction } from '#contract/casework/process.ts'
import { createObservable, useObservable } from './observable.ts'
import type { ComposerTab } from './state/composer.ts'

/** Something asked of a ticket from wherever on the page; it is done once, as soon as that ticket is shown. */
function createWanted<T>() {
  const wanted = createObservable<{ ticketId: string; what: T } | null>(null)
  return {
    want: (ticketId: string, what: T) => wanted.change(() => ({ ticketId, what })),
    useWanted: (ticketId: string, give: (what: T) => void) => {
      const asked = useObservable(wanted, (one) => (one?.ticketId === ticketId ? one : null))
      useEffect(() => {
        if (asked === null) return
        wanted.change(() => null)
        give(asked.what)
      }, [asked])
    },
  }
}

/** Opens a tab of this ticket's composer. */
export const { want: openComposer, useWanted: useWantedTab } = createWanted<ComposerTab>()

/** Opens the form of a step of this ticket. */
export const { want: openStep, useWanted: useWantedStep } = createWanted<ProcessAction>()

/** Puts the keyboard into this ticket's first field. */
export const { want: wantFocus, useWanted: useWantedFocus } = createWanted<null>()
