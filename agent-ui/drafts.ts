import { wordsAreSafe } from './hands.ts'
import { createObservable, useObservable } from './observable.ts'

const PREFIX = 'hotline.draft.'

function keptKeys(): string[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index))
    return keys.filter((key) => key !== null && key.startsWith(PREFIX)).map(String)
  } catch {
    return []
  }
}

/** Under which keys words are kept in this browser; another tab of it changes them too. */
const kept = createObservable<ReadonlySet<string>>(new Set(keptKeys()))

addEventListener('storage', ({ key }) => {
  if (key === null || key.startsWith(PREFIX)) kept.change(() => new Set(keptKeys()))
})

function noteKept(key: string, isKept: boolean): void {
  kept.change((keys) => {
    if (keys.has(key) === isKept) return keys
    return new Set(isKept ? [...keys, key] : [...keys].filter((other) => other !== key))
  })
}

/** Whether unsaved words of this person are about this ticket: its fields, a note, a promise, a step. */
export function useHasWords(staffId: string, ticketId: string | null): boolean {
  return useObservable(kept, (keys) =>
    ticketId === null
      ? false
      : [...keys].some(
          (key) => key.startsWith(keyOf(staffId, '')) && key.split('.').includes(ticketId),
        ),
  )
}

/** Drafts belong to a person: on a shared PC nobody sees the draft of another. */
function keyOf(staffId: string, key: string): string {
  return `${PREFIX}${staffId}.${key}`
}

/**
 * What this person left under this key, over reload, sign-out and crash; null when there is nothing.
 * It may have been kept by an earlier version of the page: its shape is the reader's to check.
 */
export function readDraft(staffId: string, key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(keyOf(staffId, key)) ?? 'null')
  } catch {
    return null
  }
}

export function keepDraft(staffId: string, key: string, words: object): void {
  noteKept(keyOf(staffId, key), true)
  try {
    localStorage.setItem(keyOf(staffId, key), JSON.stringify(words))
  } catch {
    // the draft lasts until reload only
  }
}

/** The words are saved or no longer wanted. */
export function dropDraft(staffId: string, key: string): void {
  wordsAreSafe()
  noteKept(keyOf(staffId, key), false)
  try {
    localStorage.removeItem(keyOf(staffId, key))
  } catch {
    // nothing was kept
  }
}

/** Takes everything away that this person left unsaved in this browser. */
export function dropDraftsOf(staffId: string | null): void {
  if (staffId === null) return
  try {
    for (const key of keptKeys()) {
      if (key.startsWith(keyOf(staffId, ''))) localStorage.removeItem(key)
    }
  } catch {
    // nothing was kept
  }
  kept.change(() => new Set(keptKeys()))
}
