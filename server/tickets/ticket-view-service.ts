import type { CallbackView } from '#contract/callbacks.ts'
import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import type { GuidanceView } from '#contract/casework/guidance.ts'
import type { ActionOffer, ClockView, ReplyEvidence } from '#contract/casework/process.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { TicketExport } from '#contract/ticket-export.ts'
import type { Ticket, TicketCall, TicketRow } from '#contract/tickets.ts'
import type { NumberOwners } from '../customers/customer-record.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { AttachmentViewService } from './attachments/attachment-view-service.ts'
import { selectContract } from './contract-store.ts'
import { permissionsFor } from './ticket.ts'
import {
  type IsProvisional,
  type Person,
  type StoredTicket,
  toTicketMatter,
  toTicketRef,
  toTicketRow,
  toTimelineEntry,
} from './ticket-record.ts'
import { followMerges, selectMerged } from './merged-ticket-store.ts'
import { selectTicket } from './ticket-store.ts'
import { selectTimeline } from './timeline-store.ts'

export interface TicketViewDeps {
  database: Database
  clock: Clock
  describeNumber: (raw: string | null) => PhoneNumber
  findByNumber: (db: Db, key: string | null) => Promise<NumberOwners>
  customersById: (db: Db, ids: readonly string[]) => Promise<Map<string, CustomerRef>>
  staffById: (staffId: string) => Person | null
  isProvisional: IsProvisional
  callsOf: (ticketId: string) => Promise<TicketCall[]>
  callbacksOf: (ticketId: string) => Promise<CallbackView[]>
  clocksOf: (ticketIds: readonly string[]) => Promise<Map<string, ClockView[]>>
  /** Of each of these tickets the clock of its stage, where one runs. */
  stageClocksOf: (db: Db, ticketIds: readonly string[]) => Promise<Map<string, ClockView>>
  /**
   * The steps of the process that this person may take now, where the customer is to be answered,
   * and the evidence of answers and tries, oldest first.
   */
  processOf: (
    db: Db,
    row: StoredTicket,
    user: SessionUser,
  ) => Promise<{
    actions: ActionOffer[]
    channel: Ticket['replyChannel']
    evidence: readonly (Omit<ReplyEvidence, 'by'> & { staffId: string | null })[]
  }>
  /** The open outage that a ticket is part of, or may be; `areas` are those of its customer. */
  outageOf: (db: Db, row: StoredTicket) => Promise<Pick<Ticket, 'outage' | 'outageOffer'>>
  guidanceOf: (ticketId: string) => Promise<GuidanceView | null>
  files: Pick<AttachmentViewService, 'filesOf'>
}

export type TicketViewService = ReturnType<typeof createTicketViewService>

/** Tickets as people read them. */
export function createTicketViewService(deps: TicketViewDeps) {
  const { database } = deps

  function person(staffId: string | null): Person | null {
    const found = staffId === null ? null : deps.staffById(staffId)
    return found && { id: found.id, displayName: found.displayName }
  }

  /** The rows as lists show them, with their customers read in one go. */
  async function toRows(db: Db, rows: readonly StoredTicket[]): Promise<TicketRow[]> {
    const ids = rows.flatMap((row) => row.customer_id ?? [])
    const customers = await deps.customersById(db, [...new Set(ids)])
    const stages = await deps.stageClocksOf(
      db,
      rows.map(({ id }) => id),
    )
    return rows.map((row) =>
      toTicketRow(row, {
        customer: customers.get(row.customer_id ?? '') ?? null,
        number: row.number_raw === null ? null : deps.describeNumber(row.number_raw),
        assignee: person(row.assignee_id),
        isProvisional: deps.isProvisional,
        stageClock: stages.get(row.id) ?? null,
      }),
    )
  }

  /** Everything about one ticket, with what this person may do now. Throws NotFound. */
  async function get(id: string, user: SessionUser): Promise<Ticket> {
    const row = await selectTicket(database.db, id)
    const [shown] = row ? await toRows(database.db, [row]) : []
    if (!row || !shown) throw new NotFound('ticket', id)
    const { candidates } = await deps.findByNumber(database.db, shown.number?.key ?? null)
    const merged = await selectMerged(database.db, id)
    const parts = merged.map((part) => part.id)
    const timeline = await selectTimeline(database.db, id, ...parts)
    const into = row.merged_into === null ? null : await followMerges(database.db, row)
    const callbacks = await deps.callbacksOf(id)
    const hasOpenCallback = callbacks.some(({ status }) =>
      ['scheduled', 'dialing'].includes(status),
    )
    return {
      ...shown,
      ...(await matterOf(row, shown)),
      ...(await deps.outageOf(database.db, row)),
      ...(await processOf(row, user)),
      guidance: await deps.guidanceOf(id),
      mergedInto: into && toTicketRef(into),
      merged: merged.map(toTicketRef),
      candidates,
      calls: await deps.callsOf(id),
      callbacks,
      clocks: into === null ? ((await deps.clocksOf([id])).get(id) ?? []) : [],
      timeline: timeline.map((entry) => toTimelineEntry(entry, person(entry.actor_id))),
      files: await deps.files.filesOf(database.db, row, parts, user),
      permissions: permissionsFor({
        role: user.role,
        status: shown.status,
        hasOpenCallback,
        isMerged: row.merged_into !== null,
      }),
    }
  }

  async function processOf(row: StoredTicket, user: SessionUser) {
    const { actions, channel, evidence } = await deps.processOf(database.db, row, user)
    return {
      actions,
      replyChannel: channel,
      evidence: evidence.map(({ staffId, ...one }) => ({ ...one, by: person(staffId) })),
    }
  }

  async function matterOf(row: StoredTicket, { number }: TicketRow) {
    const contract =
      row.contract_id === null ? null : await selectContract(database.db, row.contract_id)
    const contact = row.contact_raw === null ? null : deps.describeNumber(row.contact_raw)
    return toTicketMatter(row, { number, contact, contract })
  }

  /** The ticket as a file. Throws NotFound. */
  async function exportOf(id: string, user: SessionUser): Promise<TicketExport> {
    const exportedBy = { id: user.id, displayName: user.displayName }
    return { exportedAt: deps.clock.now(), exportedBy, ticket: await get(id, user) }
  }

  return { get, exportOf, toRows }
}
