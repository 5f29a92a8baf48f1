import { wordsAreSafe } from './hands.ts'
import { live } from './live-store.ts'
import { createObservable, useObservable } from './observable.ts'
import { dropped, readCopy, swapped, typedOver } from './state/draft-copies.ts'
import type { DraftCopy } from './state/draft-copies.ts'

const PREFIX = 'hotline.draft.'
/** Whoever typed into a form within it is not disturbed there by words from elsewhere. */
const IN_HANDS_MS = 10_000

function storedKeys(): string[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index))
    return keys.filter((key) => key !== null && key.startsWith(PREFIX)).map(String)
  } catch {
    return []
  }
}

function load(stored: string): DraftCopy | null {
  try {
    return readCopy(JSON.parse(localStorage.getItem(stored) ?? 'null'))
  } catch {
    return null
  }
}

function loadAll(): ReadonlyMap<string, DraftCopy> {
  const copies = storedKeys().map((stored) => [stored, load(stored)] as const)
  return new Map(copies.flatMap(([stored, copy]) => (copy === null ? [] : [[stored, copy]])))
}

/** What is kept in this browser; another tab of it changes that too. */
const kept = createObservable<ReadonlyMap<string, DraftCopy>>(loadAll())

/** Told when words changed that were not typed on this page: which, and null for any. */
const followers = new Set<(stored: string | null) => void>()

addEventListener('storage', ({ key }) => {
  if (key !== null && !key.startsWith(PREFIX)) return
  kept.change(loadAll)
  for (const follow of followers) follow(key)
})

/** Told of every copy that was typed or dropped on this page. */
let onChanged: (staffId: string, key: string, what: 'typed' | 'dropped') => void = () => undefined

export function whenDraftChanges(listener: typeof onChanged): void {
  onChanged = listener
}

const typedAt = new Map<string, number>()

/** Whether this form has been typed into within the last seconds, on this page. */
export function isDraftInHands(staffId: string, key: string): boolean {
  return inHandsMs(keyOf(staffId, key)) > 0
}

/** For how long this form still counts as being typed into; 0 or less when it does not. */
function inHandsMs(stored: string): number {
  return (typedAt.get(stored) ?? -Infinity) + IN_HANDS_MS - performance.now()
}

/** Whether unsaved words of this person are about this ticket: its fields, a note, a promise, a step. */
export function useHasWords(staffId: string, ticketId: string | null): boolean {
  return useObservable(kept, (copies) =>
    ticketId === null
      ? false
      : [...copies].some(
          ([key, { words }]) =>
            words !== null &&
            key.startsWith(keyOf(staffId, '')) &&
            key.split('.').includes(ticketId),
        ),
  )
}

/** Whether unsaved words of this person stand in one of these forms. */
export function useHasDraft(staffId: string, keys: readonly string[]): boolean {
  return useObservable(kept, (copies) =>
    keys.some((key) => (copies.get(keyOf(staffId, key))?.words ?? null) !== null),
  )
}

/** When the words were typed that these took the place of unread; null when there are none. */
export function useOtherWordsAt(staffId: string, key: string | null): string | null {
  return useObservable(kept, (copies) =>
    key === null ? null : (copies.get(keyOf(staffId, key))?.other?.at ?? null),
  )
}

/** Drafts belong to a person: on a shared PC nobody sees the draft of another. */
function keyOf(staffId: string, key: string): string {
  return `${PREFIX}${staffId}.${key}`
}

function store(stored: string, copy: DraftCopy | null): void {
  kept.change((copies) => {
    const next = new Map(copies)
    if (copy === null) next.delete(stored)
    else next.set(stored, copy)
    return next
  })
  try {
    if (copy === null) localStorage.removeItem(stored)
    else localStorage.setItem(stored, JSON.stringify(copy))
  } catch {
    // the draft lasts until reload only
  }
}

/** The server's time, by which words of several devices are compared. */
function serverTime(): string {
  return new Date(Date.now() + live.get().clockOffsetMs).toISOString()
}

/**
 * What this person left under this key, over reload, crash and devices; null when there is nothing.
 * It may have been kept by an earlier version of the page: its shape is the reader's to check.
 */
export function readDraft(staffId: string, key: string): unknown {
  return load(keyOf(staffId, key))?.words ?? null
}

export function keepDraft(staffId: string, key: string, words: object): void {
  const stored = keyOf(staffId, key)
  const before = load(stored)
  const copy = typedOver(before, { words, at: serverTime() })
  if (copy === before) return
  typedAt.set(stored, performance.now())
  store(stored, copy)
  onChanged(staffId, key, 'typed')
}

/** The words are saved or no longer wanted. */
export function dropDraft(staffId: string, key: string): void {
  const stored = keyOf(staffId, key)
  wordsAreSafe()
  typedAt.delete(stored)
  const before = load(stored)
  if (before?.words === null) return
  store(stored, dropped(before, serverTime()))
  onChanged(staffId, key, 'dropped')
}

/** Puts the other words into the place of these; these are the other ones then. */
export function swapDraft(staffId: string, key: string): void {
  const stored = keyOf(staffId, key)
  const copy = load(stored)
  if (copy === null) return
  typedAt.delete(stored)
  store(stored, swapped(copy, serverTime()))
  for (const follow of followers) follow(stored)
  onChanged(staffId, key, 'typed')
}

/**
 * Calls `listener` when words under this key came from elsewhere, or were saved there, until the answer is
 * called: once nobody types here, so that a form never goes on showing what is saved already.
 */
export function followDraft(staffId: string, key: string, listener: () => void): () => void {
  const own = keyOf(staffId, key)
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = () => {
    const restMs = inHandsMs(own)
    clearTimeout(timer)
    if (restMs > 0) timer = setTimeout(tell, restMs)
    else listener()
  }
  const follow = (stored: string | null) => {
    if (stored === null || stored === own) tell()
  }
  followers.add(follow)
  return () => {
    clearTimeout(timer)
    followers.delete(follow)
  }
}

/** Every copy of this person in this browser, by its key. */
export function copiesOf(staffId: string): ReadonlyMap<string, DraftCopy> {
  const own = keyOf(staffId, '')
  return new Map(
    [...loadAll()].flatMap(([stored, copy]) =>
      stored.startsWith(own) ? [[stored.slice(own.length), copy]] : [],
    ),
  )
}

/** What the server said of this copy; forms that show it follow when its words are others now. */
export function takeCopy(staffId: string, key: string, copy: DraftCopy | null): void {
  const stored = keyOf(staffId, key)
  const before = JSON.stringify(load(stored)?.words ?? null)
  store(stored, copy)
  const after = JSON.stringify(copy?.words ?? null)
  // a browser that forbids storage has no words for forms to follow
  if (after === before || JSON.stringify(load(stored)?.words ?? null) !== after) return
  for (const follow of followers) follow(stored)
}

/** Takes everything away that this person left unsaved in this browser; the server keeps theirs. */
export function dropDraftsOf(staffId: string | null): void {
  if (staffId === null) return
  try {
    for (const key of storedKeys()) {
      if (key.startsWith(keyOf(staffId, ''))) localStorage.removeItem(key)
    }
  } catch {
    // nothing was kept
  }
  kept.change(loadAll)
}
