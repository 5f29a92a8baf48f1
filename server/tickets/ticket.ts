import type { Role } from '#contract/staff.ts'
import {
  NOTE_UNDO_SECONDS,
  type Team,
  type TicketPermission,
  ticketStatus,
  type TicketStatus,
} from '#contract/tickets.ts'
import { localDay } from '../calendar/working-days.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Refusal } from '../errors.ts'
import { plusMs } from '../time.ts'

export interface TicketState {
  /** The team whose work it is while the ticket is in this state (process.md §3). */
  owner: Team
  /** Open tickets are worked on, carry clocks and are offered to agents in pops. */
  open: boolean
}

/** The states of the complaint process and what each means; the labels are the page's. */
export const TICKET_STATES: Readonly<Record<TicketStatus, TicketState>> = {
  new: { owner: 'cskh', open: true },
  guiding: { owner: 'cskh', open: true },
  callback_due: { owner: 'cskh', open: true },
  noc_queued: { owner: 'noc', open: true },
  noc_diagnosing: { owner: 'noc', open: true },
  noc_core_fix: { owner: 'noc', open: true },
  field_queued: { owner: 'field', open: true },
  field_working: { owner: 'field', open: true },
  noc_verifying: { owner: 'noc', open: true },
  need_customer_info: { owner: 'cskh', open: true },
  customer_reply: { owner: 'cskh', open: true },
  recheck: { owner: 'cskh', open: true },
  confirmed: { owner: 'cskh', open: true },
  closed: { owner: 'cskh', open: false },
  cancelled: { owner: 'cskh', open: false },
}

export const OPEN_STATUSES: readonly TicketStatus[] = ticketStatus.options.filter(isOpen)

/** What a ticket is when nobody has said otherwise: a hotline call reports a fault. */
export const NEW_TICKET = { status: 'new', kind: 'incident', priority: 'normal' } as const

/** Reception and its leads edit tickets; NOC and field add notes and read (process.md §4). */
export const TICKET_EDITORS = ['agent', 'supervisor', 'admin'] as const satisfies readonly Role[]

/** Who writes to customers. */
const RECEPTION: readonly Role[] = ['agent', 'supervisor']

export function isOpen(status: TicketStatus): boolean {
  return TICKET_STATES[status].open
}

/** Tickets are numbered per Vietnamese year of receipt. */
export function codeYear(receivedAt: Instant): string {
  return localDay(receivedAt).slice(0, 4)
}

/** `KN-2026-000123`. */
export function ticketCode(year: string, number: number): string {
  return `KN-${year}-${String(number).padStart(6, '0')}`
}

/** Longer than pages offer it: a slow line takes its time. */
const NOTE_UNDO_MS = 3 * NOTE_UNDO_SECONDS * 1000

/** A line of the timeline, as far as it matters who may take it back. */
export interface WrittenLine {
  kind: string
  actorId: string | null
  at: Instant
}

/**
 * Why this person may not take this line back; null: they may. What others may have read and acted on
 * stays.
 */
export function refusalToWithdraw(
  line: WrittenLine,
  staffId: string,
  now: Instant,
): Refusal | null {
  if (line.actorId !== staffId || line.kind !== 'note') {
    const message = 'only a note of your own can be taken back'
    return { status: 403, path: '', code: 'not_your_note', message }
  }
  if (plusMs(line.at, NOTE_UNDO_MS) >= now) return null
  const message = 'the note stands for too long already: write another one'
  return { status: 409, path: '', code: 'note_stands', message }
}

/** What a person with this role may do with the ticket now, beside the steps of the process. */
export function permissionsFor(facts: {
  role: Role
  status: TicketStatus
  hasOpenCallback: boolean
  isMerged: boolean
}): TicketPermission[] {
  const editor = TICKET_EDITORS.some((role) => role === facts.role)
  if (!editor || facts.isMerged || !isOpen(facts.status)) return []
  const always: TicketPermission[] = ['edit', 'choose_customer']
  const answers: TicketPermission[] = RECEPTION.includes(facts.role) ? ['note_reply'] : []
  const promises: TicketPermission[] = facts.hasOpenCallback ? [] : ['promise_callback']
  return [...always, ...answers, ...promises]
}
