import { isTicketDraft } from './state/ticket-draft.ts'
import type { DraftAndBase } from './state/ticket-draft.ts'

const PREFIX = 'hotline.draft.'

/** Drafts belong to a person: on a shared PC nobody sees the draft of another. */
function keyOf(staffId: string, ticketId: string): string {
  return `${PREFIX}${staffId}.${ticketId}`
}

/** The draft that this person left, over reload, sign-out and crash; null when there is none. */
export function readDraft(staffId: string, ticketId: string): DraftAndBase | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(staffId, ticketId)) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('base' in kept && 'draft' in kept))
      return null
    const { base, draft } = kept
    return isTicketDraft(base) && isTicketDraft(draft) ? { base, draft } : null
  } catch {
    return null
  }
}

export function keepDraft(staffId: string, ticketId: string, kept: DraftAndBase): void {
  try {
    localStorage.setItem(keyOf(staffId, ticketId), JSON.stringify(kept))
  } catch {
    // the draft lasts until reload only
  }
}

export function dropDraft(staffId: string, ticketId: string): void {
  try {
    localStorage.removeItem(keyOf(staffId, ticketId))
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
