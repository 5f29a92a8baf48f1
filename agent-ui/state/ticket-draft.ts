import type { Ticket, TicketKind, TicketPriority } from '#contract/tickets.ts'

/** The fields an agent edits, and the ticket version they were based on. */
export interface TicketDraft {
  version: number
  subject: string
  description: string
  kind: TicketKind
  priority: TicketPriority
}

export type DraftField = Exclude<keyof TicketDraft, 'version'>

/** A draft kept by an earlier version of the page may have another shape. */
export function isTicketDraft(value: unknown): value is TicketDraft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    typeof value.version === 'number' &&
    FIELDS.every((field) => field in value && typeof Reflect.get(value, field) === 'string')
  )
}

const FIELDS: readonly DraftField[] = ['subject', 'description', 'kind', 'priority']

type Editable = Pick<Ticket, keyof TicketDraft>

export function draftOf(ticket: Editable): TicketDraft {
  const { version, subject, description, kind, priority } = ticket
  return { version, subject, description, kind, priority }
}

/** The fields in which the draft differs from the ticket. */
export function changedFields(draft: TicketDraft, ticket: Editable): DraftField[] {
  return FIELDS.filter((field) => draft[field] !== ticket[field])
}

export interface FieldConflict {
  field: DraftField
  mine: string
  theirs: string
}

/** The fields that the agent and somebody else both changed, and differently. */
export function conflicts(base: Editable, draft: TicketDraft, theirs: Editable): FieldConflict[] {
  return changedFields(draft, base)
    .filter((field) => theirs[field] !== base[field] && theirs[field] !== draft[field])
    .map((field) => ({ field, mine: draft[field], theirs: theirs[field] }))
}

/** Keeps what the agent changed and takes everything else from the newer ticket. */
export function rebaseDraft(base: Editable, draft: TicketDraft, theirs: Editable): TicketDraft {
  const mine = changedFields(draft, base)
  const kept = Object.fromEntries(mine.map((field) => [field, draft[field]]))
  return { ...draftOf(theirs), ...kept }
}

/** A draft and the ticket as it was when the draft began. */
export interface DraftAndBase {
  base: TicketDraft
  draft: TicketDraft
}

/** What was kept in the browser, when it is a draft of today's shape; null otherwise. */
export function keptTicketDraft(kept: unknown): DraftAndBase | null {
  if (typeof kept !== 'object' || kept === null || !('base' in kept && 'draft' in kept)) return null
  const { base, draft } = kept
  return isTicketDraft(base) && isTicketDraft(draft) ? { base, draft } : null
}

/**
 * The draft moved onto a newer ticket, which it may when nobody changed the same field differently;
 * null when there is nothing to move or the person must choose first.
 */
export function movedOnto(ticket: Editable, { base, draft }: DraftAndBase): DraftAndBase | null {
  if (ticket.version <= base.version || conflicts(base, draft, ticket).length > 0) return null
  return { base: draftOf(ticket), draft: rebaseDraft(base, draft, ticket) }
}
