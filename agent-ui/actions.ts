import { useEffect } from 'react'
import { useLatest } from './latest.ts'
import { createObservable, useObservable } from './observable.ts'

/** Something that can be done on the page now: by its key, and listed in the help. */
export interface PageAction {
  /** Names the action in the whole page, e.g. `ticket.promise`. */
  id: string
  /** The chord of `chordOf`, or two with a space between; null when it has none. */
  keys: string | null
  /** What it does, in the reader's language. */
  label: string
  run: () => void
  /** Whether it can be done now; true when left out. */
  when?: boolean
  /** Its key is written on a bar over the page, and is its own whatever the page below offers by it. */
  isOnBar?: boolean
}

export type Registered = Omit<PageAction, 'when'>

const actions = createObservable<readonly Registered[]>([])

function register(added: readonly Registered[]): () => void {
  actions.change((known) => [...known, ...added])
  return () => actions.change((known) => known.filter((action) => !added.includes(action)))
}

/**
 * Offers actions for as long as the component is shown; of two with one key the one on a bar has it, else
 * the later one.
 */
export function useActions(offered: readonly PageAction[]): void {
  const latest = useLatest(offered)
  const possible = offered.filter(({ when }) => when !== false)
  const shape = JSON.stringify(possible.map(({ id, keys, label }) => [id, keys, label]))
  useEffect(
    () =>
      register(
        latest.current
          .filter(({ when }) => when !== false)
          .map(({ id, keys, label, isOnBar = false }) => ({
            id,
            keys,
            label,
            isOnBar,
            run: () => latest.current.find((action) => action.id === id)?.run(),
          })),
      ),
    [shape],
  )
}

export function useAction(action: PageAction): void {
  useActions([action])
}

function holderOf(known: readonly Registered[], chord: string): Registered | undefined {
  const rivals = known.filter(({ keys }) => keys === chord)
  return rivals.findLast(({ isOnBar }) => isOnBar) ?? rivals.at(-1)
}

/** Runs what has this chord now; false when nothing has. */
export function runChord(chord: string): boolean {
  const action = holderOf(actions.get(), chord)
  action?.run()
  return action !== undefined
}

/** Whether this chord is the first of two that something has now. */
export function beginsChord(chord: string): boolean {
  return actions.get().some(({ keys }) => keys?.startsWith(`${chord} `))
}

/** The chord of an action as its button's tooltip says it; undefined while it would not do this. */
export function useKeysOf(id: string): string | undefined {
  return useObservable(actions, (known) => {
    const keys = known.findLast((action) => action.id === id)?.keys ?? null
    return keys !== null && holderOf(known, keys)?.id === id ? keys : undefined
  })
}

/** All that can be done now, each once: what the palette offers. */
export function usePageActions(): readonly Registered[] {
  const known = useObservable(actions, (list) => list)
  return known.filter(({ id }, index) => known.findLastIndex((other) => other.id === id) === index)
}

/** What the help shows: each chord once, as it would run. */
export function useKeyedActions(): readonly Registered[] {
  const known = useObservable(actions, (list) => list)
  return known.filter((action) => action.keys !== null && holderOf(known, action.keys) === action)
}
