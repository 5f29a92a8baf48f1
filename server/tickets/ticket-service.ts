import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import { ticketCategory } from '#contract/casework/guidance.ts'
import type { SessionUser } from '#contract/staff.ts'
import {
  ticketKind,
  ticketStatus,
  type Ticket,
  type TicketPatch,
  type TimelineEntry,
} from '#contract/tickets.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, refuse, unprocessable } from '../errors.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import { type DueAt, ticketDueAt } from './clocks.ts'
import type { DetailsService } from './intake/details-service.ts'
import type { SubjectService } from './subject-service.ts'
import { withContract } from './contract-store.ts'
import { isOpen, refusalToWithdraw } from './ticket.ts'
import { differing, editedFields } from './ticket-edit.ts'
import type { StoredTicket } from './ticket-record.ts'
import { selectTicket, updateTicket } from './ticket-store.ts'
import type { TicketViewService } from './ticket-view-service.ts'
import { addLines, selectLine, withdrawNote } from './timeline-store.ts'

export interface TicketDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'ticketUpdated'>
  state: StateFact
  view: TicketViewService
  subjects: Pick<SubjectService, 'subjectOf'>
  details: DetailsService
  dueAt: DueAt
  describeNumber: (raw: string | null) => PhoneNumber
  customersById: (db: Db, ids: readonly string[]) => Promise<Map<string, CustomerRef>>
}

type EditLine = Pick<TimelineEntry, 'kind' | 'fields'> & { note?: string }

export type TicketService = ReturnType<typeof createTicketService>

/** Tickets as people edit them. */
export function createTicketService(deps: TicketDeps) {
  const { database, clock, newId, view, subjects } = deps

  /**
   * Edits fields or picks the customer, who is then remembered for the number. Throws NotFound,
   * Conflict for a stale version or a ticket that is over, InvalidInput (422) for an unknown customer.
   */
  async function patch(id: string, order: TicketPatch, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const before = await requireTicket(trx.db, id)
      requireEditable(before, order.version)
      const picked = await pickCustomer(trx, before, order, user)
      const edit = await editOf(trx.db, before, order, picked)
      const columns = {
        ...edit.columns,
        ...(picked === undefined ? {} : { customer_id: picked?.id ?? null }),
      }
      if (Object.keys(columns).length === 0) return
      const after = await updateTicket(trx.db, id, order.version, {
        ...columns,
        updated_at: clock.now(),
      })
      if (!after) throw stale(before.version + 1)
      const { fields } = edit
      if (Object.keys(fields).length > 0) await addTo(trx, id, user, { kind: 'edited', fields })
      if (picked !== undefined) {
        await addTo(trx, id, user, { kind: 'customer_chosen', fields: chosenFields(picked) })
      }
      if (after.category !== before.category) {
        const category = ticketCategory.nullable().parse(after.category)
        const fact = { ticketId: id, category, actorId: user.id }
        await deps.state(trx, { type: 'ticket_recategorised', ...fact })
      }
      await deps.state(trx, { type: 'ticket_changed', ticketId: id })
      await announce(trx, after)
    })
    return view.get(id, user)
  }

  /** Read anew: what an earlier release stored as a key may be nobody's today. */
  function numberOf(row: StoredTicket): PhoneNumber | null {
    return row.number_raw === null ? null : deps.describeNumber(row.number_raw)
  }

  /** The columns that the order changes, and what the timeline says of it. */
  async function editOf(
    db: Db,
    before: StoredTicket,
    order: TicketPatch,
    picked: CustomerRef | null | undefined,
  ): Promise<{ columns: Partial<StoredTicket>; fields: Record<string, string> }> {
    const customerId = picked === undefined ? before.customer_id : (picked?.id ?? null)
    const known = { ...before, customer_id: customerId }
    // a contract belongs to its customer
    const full = picked === undefined ? order : await withContract(db, order, customerId)
    const { columns: asked, contractNo } = await deps.details.check(db, full, known)
    const changed = differing(before, asked)
    const { subject: written } = order
    const named = await subjects.subjectOf(db, before.id, { ...before, ...changed }, written)
    const fields = editedFields(changed, order, contractNo)
    const isWritten = written !== undefined && written !== before.subject
    return {
      columns: {
        ...changed,
        ...(named.subject_by_person === before.subject_by_person ? {} : named),
        ...(named.subject === before.subject ? {} : named),
        ...dueAfter(before, changed.kind),
      },
      fields: isWritten ? { subject: named.subject, ...fields } : fields,
    }
  }

  function dueAfter(before: StoredTicket, kind: string | undefined): Partial<StoredTicket> {
    if (kind === undefined) return {}
    return { due_at: ticketDueAt(ticketKind.parse(kind), before.received_at, deps.dueAt) }
  }

  /** The customer after the edit, or undefined when it stays. A pick is remembered even when it stays. */
  async function pickCustomer(
    trx: Trx,
    before: StoredTicket,
    { customerId }: TicketPatch,
    user: SessionUser,
  ): Promise<CustomerRef | null | undefined> {
    if (customerId === undefined) return undefined
    if (customerId === null) return before.customer_id === null ? undefined : null
    const customer = await requireCustomer(trx.db, customerId)
    const phoneKey = numberOf(before)?.key ?? null
    if (phoneKey !== null) {
      const pick = { phoneKey, customerId, staffId: user.id }
      await deps.state(trx, { type: 'customer_picked', ...pick })
    }
    return before.customer_id === customerId ? undefined : customer
  }

  /** Anybody signed in may add a note, also to a ticket that is over. Throws NotFound. */
  async function addNote(id: string, note: string, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const row = await requireTicket(trx.db, id)
      await addTo(trx, id, user, { kind: 'note', note, fields: {} })
      await announce(trx, row)
    })
    return view.get(id, user)
  }

  /**
   * The author takes a note back that was just written; one that is back already stays so. Throws
   * NotFound, Forbidden for the words of others, Conflict when it stands for too long.
   */
  async function takeNoteBack(id: string, lineId: string, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const row = await requireTicket(trx.db, id)
      const line = await selectLine(trx.db, { ticketId: id, id: lineId })
      if (line === undefined) throw new NotFound('note', lineId)
      const { kind, actor_id: actorId, at } = line
      if (kind === 'note_withdrawn' && actorId === user.id) return
      refuse(refusalToWithdraw({ kind, actorId, at }, user.id, clock.now()))
      await withdrawNote(trx.db, { ticketId: id, id: lineId })
      await announce(trx, row)
    })
    return view.get(id, user)
  }

  function addTo(
    trx: Trx,
    ticketId: string,
    user: SessionUser,
    { kind, fields, note = '' }: EditLine,
  ): Promise<void> {
    const line = { ticketId, actorId: user.id, kind, fields, note }
    return addLines(trx.db, [{ ...line, id: newId(), at: clock.now() }])
  }

  async function announce(trx: Trx, row: StoredTicket): Promise<void> {
    const [shown] = await view.toRows(trx.db, [row])
    if (shown) trx.afterCommit(() => deps.notifier.ticketUpdated(shown))
  }

  /** Tells every page of the ticket as it stands in this transaction, once it is durable. */
  async function announceById(trx: Trx, ticketId: string): Promise<void> {
    const row = await selectTicket(trx.db, ticketId)
    if (row !== undefined) await announce(trx, row)
  }

  async function requireCustomer(db: Db, customerId: string): Promise<CustomerRef> {
    const customer = (await deps.customersById(db, [customerId])).get(customerId)
    if (!customer) throw unprocessable('customerId', `there is no customer "${customerId}"`)
    return customer
  }

  return { patch, addNote, takeNoteBack, announce: announceById }
}

async function requireTicket(db: Db, id: string): Promise<StoredTicket> {
  const row = await selectTicket(db, id)
  if (!row) throw new NotFound('ticket', id)
  return row
}

function requireEditable(row: StoredTicket, version: number): void {
  if (row.version !== version) throw stale(row.version)
  if (!isOpen(ticketStatus.parse(row.status))) {
    throw new Conflict(`the ticket is ${row.status}: only notes can be added`)
  }
}

function stale(version: number): Conflict {
  return new Conflict(`the ticket was changed meanwhile (version is ${version} now)`)
}

function chosenFields(picked: CustomerRef | null): Record<string, string> {
  return picked === null ? {} : { customerId: picked.id, code: picked.code, name: picked.name }
}
