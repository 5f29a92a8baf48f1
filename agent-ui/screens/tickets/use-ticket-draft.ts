import { useEffect, useMemo, useState } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { dropDraft, followDraft, keepDraft, readDraft } from '../../drafts.ts'
import {
  changedFields,
  conflicts,
  draftOf,
  keptTicketDraft,
  movedOnto,
  rebaseDraft,
} from '../../state/ticket-draft.ts'
import type {
  DraftAndBase,
  DraftField,
  FieldConflict,
  TicketDraft,
} from '../../state/ticket-draft.ts'

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

interface Editing extends DraftAndBase {
  ticketId: string
  wasRestored: boolean
}

function begin(staffId: string, ticket: Ticket): Editing {
  const kept = keptTicketDraft(readDraft(staffId, ticket.id))
  const fresh = draftOf(ticket)
  return kept
    ? { ...kept, ticketId: ticket.id, wasRestored: true }
    : { base: fresh, draft: fresh, ticketId: ticket.id, wasRestored: false }
}

/** What is drawn already stays as it is, unless words were kept of this ticket. */
function takenOver(staffId: string, ticket: Ticket, editing: Editing): Editing {
  const begun = begin(staffId, ticket)
  return begun.wasRestored ? begun : { ...editing, ticketId: ticket.id }
}

function isEdited({ base, draft }: DraftAndBase): boolean {
  return changedFields(draft, base).length > 0
}

/** The agent's edits over the saved ticket; nothing of anybody is overwritten without a choice. */
export function useTicketDraft(staffId: string, ticket: Ticket): TicketEdit {
  const [editing, setEditing] = useState(() => begin(staffId, ticket))
  // the form was made ready before its ticket was known
  if (editing.ticketId !== ticket.id) setEditing(takenOver(staffId, ticket, editing))
  const moved = useMemo(() => movedOnto(ticket, editing), [ticket, editing])
  const { wasRestored } = editing
  const { base, draft } = moved ?? editing
  const put = ({ base: from, draft: edited }: DraftAndBase, restored: boolean) => {
    setEditing({ base: from, draft: edited, ticketId: ticket.id, wasRestored: restored })
    store(staffId, ticket.id, { base: from, draft: edited })
  }
  useEffect(() => {
    if (moved === null) return
    setEditing({ ...moved, ticketId: ticket.id, wasRestored })
    // another tab's draft of this ticket stays when nothing was edited here
    if (isEdited(editing)) store(staffId, ticket.id, moved)
  }, [moved, editing, wasRestored, staffId, ticket.id])
  useEffect(
    // another device or tab typed on, or saved
    () => followDraft(staffId, ticket.id, () => setEditing(begin(staffId, ticket))),
    [staffId, ticket],
  )
  const fresh = draftOf(ticket)
  return {
    draft,
    changed: changedFields(draft, base),
    conflicts: ticket.version === base.version ? [] : conflicts(base, draft, fresh),
    wasRestored,
    edit: (change) => put({ base, draft: { ...draft, ...change } }, false),
    discard: () => put({ base: fresh, draft: fresh }, false),
    keepMine: () => put({ base: fresh, draft: rebaseDraft(base, draft, fresh) }, wasRestored),
  }
}

function store(staffId: string, ticketId: string, edited: DraftAndBase): void {
  if (isEdited(edited)) keepDraft(staffId, ticketId, edited)
  else dropDraft(staffId, ticketId)
}
