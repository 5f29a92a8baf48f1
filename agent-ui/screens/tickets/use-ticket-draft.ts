import { useState } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { dropDraft, keepDraft, readDraft } from '../../drafts.ts'
import type { KeptDraft } from '../../drafts.ts'
import { changedFields, conflicts, draftOf, rebaseDraft } from '../../state/ticket-draft.ts'
import type { DraftField, FieldConflict, TicketDraft } from '../../state/ticket-draft.ts'

export interface TicketEdit {
  draft: TicketDraft
  changed: DraftField[]
  /** Fields that somebody else changed differently since this draft began. */
  conflicts: FieldConflict[]
  /** True when the draft came back from an earlier page. */
  wasRestored: boolean
  edit: (change: Partial<TicketDraft>) => void
  /** Back to what is saved. */
  discard: () => void
  /** Keeps my fields on top of the newer ticket; still unsaved. */
  keepMine: () => void
}

interface Editing extends KeptDraft {
  wasRestored: boolean
}

function begin(staffId: string, ticket: Ticket): Editing {
  const kept = readDraft(staffId, ticket.id)
  const fresh = draftOf(ticket)
  return kept ? { ...kept, wasRestored: true } : { base: fresh, draft: fresh, wasRestored: false }
}

/** The agent's edits over the saved ticket; nothing of anybody is overwritten without a choice. */
export function useTicketDraft(staffId: string, ticket: Ticket): TicketEdit {
  const [editing, setEditing] = useState(() => begin(staffId, ticket))
  const { base, draft, wasRestored } = editing
  const set = (next: Editing) => {
    setEditing(next)
    const { base: from, draft: edited } = next
    if (changedFields(edited, from).length === 0) dropDraft(staffId, ticket.id)
    else keepDraft(staffId, ticket.id, { base: from, draft: edited })
  }
  const found = ticket.version === base.version ? [] : conflicts(base, draft, ticket)
  const rebase = () =>
    set({ base: draftOf(ticket), draft: rebaseDraft(base, draft, ticket), wasRestored })
  if (ticket.version > base.version && found.length === 0) rebase()
  return {
    draft,
    changed: changedFields(draft, base),
    conflicts: found,
    wasRestored,
    edit: (change) => set({ base, draft: { ...draft, ...change }, wasRestored: false }),
    discard: () => set({ base: draftOf(ticket), draft: draftOf(ticket), wasRestored: false }),
    keepMine: rebase,
  }
}
