import { z } from 'zod'
import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import {
  type TicketPatch,
  type TicketRef,
  ticketRef,
  type TicketRow,
  ticketRow,
  timelineEntry,
  type TimelineEntry,
} from '#contract/tickets.ts'
import { searchTextOf } from '../customers/fold-text.ts'
import { nationalDigits } from '../customers/phone-number.ts'

/** Columns of a ticket that its short form needs. */
export interface RefColumns {
  id: string
  code: string
  status: string
  subject: string
  received_at: string
  due_at: string | null
}

/** All columns of a ticket that people see. */
export interface TicketColumns extends RefColumns {
  kind: string
  priority: string
  team: string
  channel: string
  description: string
  customer_id: string | null
  number_raw: string | null
  number_key: string | null
  assignee_id: string | null
  recovered: number
  version: number
}

export interface Person {
  id: string
  displayName: string
}

/** What the columns refer to; a part that does not exist is null. */
export interface TicketParts {
  customer: CustomerRef | null
  number: PhoneNumber | null
  assignee: Person | null
}

export function toTicketRef(row: RefColumns): TicketRef {
  return ticketRef.parse({ ...row, receivedAt: row.received_at, dueAt: row.due_at })
}

export function toTicketRow(row: TicketColumns, parts: TicketParts): TicketRow {
  return ticketRow.parse({
    ...row,
    ...parts,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    recovered: row.recovered === 1,
  })
}

const storedFields = z.record(z.string(), z.string())

/** The fields of a timeline row as stored. */
export function parseFields(text: string): Record<string, string> {
  return storedFields.parse(JSON.parse(text))
}

export function toTimelineEntry(
  row: { id: string; at: string; kind: string; note: string; fields: string },
  actor: Person | null,
): TimelineEntry {
  return timelineEntry.parse({ ...row, actor, fields: parseFields(row.fields) })
}

/** What the accent-free search looks at besides the customer. */
export function ticketSearchText(
  code: string,
  subject: string,
  number: PhoneNumber | null,
): string {
  return searchTextOf([code, number === null ? null : nationalDigits(number), subject])
}

/** What an edit changes: the new value of each field that differs, as the timeline shows it. */
export function editedFields(
  before: Pick<TicketColumns, 'subject' | 'description' | 'kind' | 'priority'>,
  patch: TicketPatch,
): Record<string, string> {
  const asked = {
    subject: patch.subject,
    description: patch.description,
    kind: patch.kind,
    priority: patch.priority,
  }
  const changed: Record<string, string> = {}
  for (const name of ['subject', 'description', 'kind', 'priority'] as const) {
    const value = asked[name]
    if (value !== undefined && value !== before[name]) changed[name] = value
  }
  return changed
}

/** Where a page ended: tickets are listed newest receipt first. */
export interface TicketCursor {
  receivedAt: Instant
  id: string
}

export function writeCursor(at: TicketCursor): string {
  return `${at.receivedAt}~${at.id}`
}

/** Null when the text is no cursor of this list. */
export function readCursor(text: string): TicketCursor | null {
  const [, receivedAt, id] = /^(\d{4}-[\dT:.-]+Z)~(.+)$/.exec(text) ?? []
  return receivedAt === undefined || id === undefined ? null : { receivedAt, id }
}
