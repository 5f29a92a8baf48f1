import { wordsAreSafe } from './hands.ts'

const PREFIX = 'hotline.draft.'

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

export function keepDraft(staffId: string, key: string, kept: object): void {
  try {
    localStorage.setItem(keyOf(staffId, key), JSON.stringify(kept))
  } catch {
    // the draft lasts until reload only
  }
}

/** The words are saved or no longer wanted. */
export function dropDraft(staffId: string, key: string): void {
  wordsAreSafe()
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
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index))
    for (const key of keys) {
      if (key?.startsWith(`${PREFIX}${staffId}.`)) localStorage.removeItem(key)
    }
  } catch {
    // nothing was kept
  }
}
