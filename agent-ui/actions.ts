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

/** What can be done now. */
let known: readonly Registered[] = []
/** What buttons, help and palette were told of it. */
const told = createObservable(known)
let isTelling = false

/** A change of the page takes many away and brings many: it is told once, before it is painted. */
function change(next: readonly Registered[]): void {
  known = next
  if (isTelling) return
  isTelling = true
  queueMicrotask(() => {
    isTelling = false
    told.change(() => known)
  })
}

function register(added: readonly Registered[]): () => void {
  change([...known, ...added])
  return () => change(known.filter((action) => !added.includes(action)))
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

/** What is asked of a list, found once for all buttons that ask. */
interface Found {
  /** Of one chord the one on a bar, else the later one. */
  byChord: ReadonlyMap<string, Registered>
  /** The latest of each id. */
  byId: ReadonlyMap<string, Registered>
}

const foundIn = new WeakMap<readonly Registered[], Found>()

function find(list: readonly Registered[]): Found {
  const before = foundIn.get(list)
  if (before) return before
  const byChord = new Map<string, Registered>()
  for (const action of list) {
    if (action.keys === null) continue
    if (action.isOnBar || !byChord.get(action.keys)?.isOnBar) byChord.set(action.keys, action)
  }
  const found = { byChord, byId: new Map(list.map((action) => [action.id, action])) }
  foundIn.set(list, found)
  return found
}

/** Runs what has this chord now; false when nothing has. */
export function runChord(chord: string): boolean {
  const action = find(known).byChord.get(chord)
  action?.run()
  return action !== undefined
}

/** Whether this chord is the first of two that something has now. */
export function beginsChord(chord: string): boolean {
  return known.some(({ keys }) => keys?.startsWith(`${chord} `))
}

/** The chord of an action as its button's tooltip says it; undefined while it would not do this. */
export function useKeysOf(id: string): string | undefined {
  return useObservable(told, (list) => {
    const { byChord, byId } = find(list)
    const keys = byId.get(id)?.keys ?? null
    return keys !== null && byChord.get(keys)?.id === id ? keys : undefined
  })
}

/** All that can be done now, each once: what the palette offers. */
export function usePageActions(): readonly Registered[] {
  const list = useObservable(told, (all) => all)
  const { byId } = find(list)
  return list.filter((action) => byId.get(action.id) === action)
}

/** What the help shows: each chord once, as it would run. */
export function useKeyedActions(): readonly Registered[] {
  const list = useObservable(told, (all) => all)
  const { byChord } = find(list)
  return list.filter((action) => action.keys !== null && byChord.get(action.keys) === action)
}
