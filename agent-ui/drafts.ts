import { isTicketDraft } from './state/ticket-draft.ts'
import type { TicketDraft } from './state/ticket-draft.ts'

/** A draft and the ticket it started from, kept over reload, sign-out and crash. */
export interface KeptDraft {
  base: TicketDraft
  draft: TicketDraft
}

const PREFIX = 'hotline.draft.'

/** Drafts belong to a person: on a shared PC nobody sees the draft of another. */
function keyOf(staffId: string, ticketId: string): string {
  return `${PREFIX}${staffId}.${ticketId}`
}

export function readDraft(staffId: string, ticketId: string): KeptDraft | null {
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

export function keepDraft(staffId: string, ticketId: string, kept: KeptDraft): void {
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
