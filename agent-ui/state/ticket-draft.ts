import { ticketPatch } from '#contract/tickets.ts'
import type { Ticket, TicketKind, TicketPatch, TicketPriority } from '#contract/tickets.ts'

/** The fields an agent edits as they stand in the form, and the ticket version they were based on. */
export interface TicketDraft {
  version: number
  subject: string
  description: string
  kind: TicketKind
  priority: TicketPriority
  /** From here on an empty text means that it is not known. */
  category: string
  service: string
  area: string
  areaClass: string
  address: string
  contactName: string
  contactNumber: string
  complainantRelation: string
  complainantName: string
  complainantPaper: string
  customerRequest: string
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

const FIELDS = [
  'subject',
  'description',
  'kind',
  'priority',
  'category',
  'service',
  'area',
  'areaClass',
  'address',
  'contactName',
  'contactNumber',
  'complainantRelation',
  'complainantName',
  'complainantPaper',
  'customerRequest',
] as const satisfies readonly DraftField[]

export function draftOf(ticket: Ticket): TicketDraft {
  const { version, subject, description, kind, priority, contact, complainant } = ticket
  return {
    version,
    // a made one is no words of anybody: it is shown as what stands there when nothing is written
    subject: ticket.subjectIsMade ? '' : subject,
    description,
    kind,
    priority,
    category: ticket.category ?? '',
    service: ticket.service ?? '',
    area: ticket.area ?? '',
    areaClass: ticket.areaClass ?? '',
    address: ticket.address ?? '',
    contactName: contact.name ?? '',
    contactNumber: contact.number?.display ?? '',
    complainantRelation: complainant?.relation ?? '',
    complainantName: complainant?.name ?? '',
    complainantPaper: complainant?.paper ?? '',
    customerRequest: ticket.customerRequest ?? '',
  }
}

/** The fields in which the draft differs from what it was based on. */
export function changedFields(draft: TicketDraft, base: TicketDraft): DraftField[] {
  return FIELDS.filter((field) => draft[field] !== base[field])
}

/** What is sent of a draft: the changed fields, an empty one as not known. */
export function patchOf(draft: TicketDraft, changed: readonly DraftField[]): TicketPatch {
  const patch: Record<string, unknown> = { version: draft.version }
  for (const field of changed) {
    const value = draft[field]
    if (field.startsWith('complainant')) patch['complainant'] = complainantOf(draft)
    else patch[field] = value === '' && !NEVER_NULL.includes(field) ? null : value
  }
  return ticketPatch.parse(patch)
}

const NEVER_NULL: readonly DraftField[] = ['subject', 'description']

function complainantOf(draft: TicketDraft) {
  const { complainantRelation: relation, complainantName: name, complainantPaper: paper } = draft
  return relation === '' ? null : { relation, name, paper }
}

export interface FieldConflict {
  field: DraftField
  mine: string
  theirs: string
}

/** The fields that the agent and somebody else both changed, and differently. */
export function conflicts(
  base: TicketDraft,
  draft: TicketDraft,
  theirs: TicketDraft,
): FieldConflict[] {
  return changedFields(draft, base)
    .filter((field) => theirs[field] !== base[field] && theirs[field] !== draft[field])
    .map((field) => ({ field, mine: draft[field], theirs: theirs[field] }))
}

/** Keeps what the agent changed and takes everything else from the newer ticket. */
export function rebaseDraft(
  base: TicketDraft,
  draft: TicketDraft,
  theirs: TicketDraft,
): TicketDraft {
  const mine = changedFields(draft, base)
  const kept = Object.fromEntries(mine.map((field) => [field, draft[field]]))
  return { ...theirs, ...kept }
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
export function movedOnto(ticket: Ticket, { base, draft }: DraftAndBase): DraftAndBase | null {
  const theirs = draftOf(ticket)
  if (theirs.version <= base.version || conflicts(base, draft, theirs).length > 0) return null
  return { base: theirs, draft: rebaseDraft(base, draft, theirs) }
}
