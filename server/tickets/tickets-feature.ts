import type { TicketRef } from '#contract/tickets.ts'
import type { Instant } from '#contract/primitives.ts'
import { team, ticketKind, ticketStatus } from '#contract/tickets.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
import { assignmentRoutes } from './assignment/assignment-routes.ts'
import { type AssignmentDeps, createAssignmentService } from './assignment/assignment-service.ts'
import { attachmentRoutes } from './attachments/attachment-routes.ts'
import { type AttachmentDeps, createAttachmentService } from './attachments/attachment-service.ts'
import { createThumbnailService } from './attachments/thumbnail-service.ts'
import {
  type AttachmentViewDeps,
  createAttachmentViewService,
} from './attachments/attachment-view-service.ts'
import { createFolder } from './attachments/folder-store.ts'
import { type CallTicketDeps, createCallTicketService } from './call-ticket-service.ts'
import { createCallers } from './caller-service.ts'
import { type DueAt, ticketDueAt } from './clocks.ts'
import { createDetailsService } from './intake/details-service.ts'
import { createIntakeService, type IntakeDeps } from './intake/intake-service.ts'
import { countOverdue } from './lists/ticket-count-store.ts'
import { setReceipt } from './merged-ticket-store.ts'
import {
  countOpenOf,
  redateOpenTickets,
  selectOpenTickets,
  selectTicketsOfPops,
} from './open-ticket-store.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { presenceRoutes } from './presence/presence-routes.ts'
import { createPresenceService, type PresenceDeps } from './presence/presence-service.ts'
import { revealRoutes } from './reveal/reveal-routes.ts'
import { createRevealService } from './reveal/reveal-service.ts'
import { rewriteTickets } from './rewrite-service.ts'
import { createSubjectService, type SubjectDeps } from './subject-service.ts'
import { isOpen } from './ticket.ts'
import { toTicketRef } from './ticket-record.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { createTicketListService, type TicketListDeps } from './lists/ticket-list-service.ts'
import { createTicketService, type TicketDeps } from './ticket-service.ts'
import { selectTicket } from './ticket-store.ts'
import { createTicketViewService, type TicketViewDeps } from './ticket-view-service.ts'

export type TicketsDeps = CallTicketDeps &
  Omit<AssignmentDeps, 'view'> &
  Omit<TicketDeps, 'view' | 'subjects' | 'details'> &
  Omit<IntakeDeps, 'view' | 'subjects' | 'details'> &
  Omit<SubjectDeps, 'view'> &
  Omit<TicketListDeps, 'view'> &
  Omit<TicketViewDeps, 'files'> &
  Omit<AttachmentDeps, 'view' | 'folder' | 'announce'> &
  AttachmentViewDeps &
  Omit<PresenceDeps, 'files'> & {
    schedule: Pick<Schedule, 'rewrite'>
    searchRules: string
    settings: { attachmentsDir: string }
  }

export type Tickets = ReturnType<typeof createTickets>

/** Tickets: opened by calls and by hand, found, read and edited. */
export function createTickets(deps: TicketsDeps) {
  const { database, clock } = deps
  const files = createAttachmentViewService(deps)
  const view = createTicketViewService({ ...deps, files })
  const subjects = createSubjectService({ ...deps, view })
  const own = { ...deps, view, subjects, details: createDetailsService(deps) }
  const lists = createTicketListService(own)
  const { openParent, ...intake } = createIntakeService(own)
  const service = { ...view, ...lists, ...intake, ...createTicketService(own) }
  const assignment = createAssignmentService({ ...deps, view })
  const folder = createFolder(deps.settings.attachmentsDir)
  const { announce } = service
  const attachments = createAttachmentService({ ...deps, view: files, folder, announce })
  const thumbnails = createThumbnailService({ database, view: files, announce })
  const presence = createPresenceService({ ...deps, files })
  deps.schedule.rewrite({
    name: 'search texts of tickets',
    rules: deps.searchRules,
    step: (trx, afterId) => rewriteTickets(trx.db, afterId, deps.describeNumber),
  })
  /** Counts a ticket from another receipt, and answers which it was. */
  async function moveReceipt(
    trx: Trx,
    ticketId: string,
    receiptOf: (before: Instant) => Instant,
  ): Promise<Instant> {
    const row = await requireRow(trx, ticketId)
    const receivedAt = receiptOf(row.received_at)
    if (receivedAt !== row.received_at) {
      const dueAt = ticketDueAt(ticketKind.parse(row.kind), receivedAt, deps.dueAt)
      await setReceipt(trx.db, ticketId, { receivedAt, dueAt, now: clock.now() })
    }
    return row.received_at
  }

  return {
    service,
    assignment,
    routes: [
      ...ticketRoutes(service),
      ...assignmentRoutes(assignment),
      ...revealRoutes(createRevealService(deps)),
      ...presenceRoutes(presence),
      ...attachmentRoutes(attachments, thumbnails, deps.settings.attachmentsMaxMb),
    ],
    /** The tickets as lists show them. */
    ticketRows: view.toRows,
    ...createCallTicketService(deps),
    announce,
    openParent,
    moveReceipt,
    receiptOf: async (trx: Trx, id: string) => (await requireRow(trx, id)).received_at,
    async holderOf(trx: Trx, id: string) {
      const { assignee_id: assigneeId, team_id: teamId } = await requireRow(trx, id)
      return { assigneeId, teamId }
    },
    codeOf: async (trx: Trx, id: string) => (await requireRow(trx, id)).code,
    ...createCallers(own),
    /** Sets the deadlines of all open tickets by another calendar; answers how many moved. */
    redate: (trx: Trx, dueAt: DueAt) => redateOpenTickets(trx.db, dueAt, clock.now()),
    /** How many open tickets this person has. */
    countOverdue: () => database.longRead((db) => countOverdue(db, deps.clock.now())),
    countOpen: (staffId: string) => countOpenOf(database.db, staffId),
    /** Makes a ticket's subject anew from what is known now; a person's own stays. */
    renewSubject: subjects.renewSubject,
    openTickets: selectOpenTickets,
    ticketsOfPops: selectTicketsOfPops,
    openTicketsFor,
    promisedTicket,
    ticketToCall,
  }
}

/** Open tickets of these customers or this number, newest first. */
async function openTicketsFor(
  db: Db,
  owner: { customerIds: string[]; phoneKey: string | null },
): Promise<TicketRef[]> {
  const phoneKeys = owner.phoneKey === null ? [] : [owner.phoneKey]
  const rows = await selectOpenTickets(db, { customerIds: owner.customerIds, phoneKeys })
  return rows.map(toTicketRef)
}

/** What a promise of a callback needs to know of its ticket; null when there is none. */
async function promisedTicket(db: Db, id: string) {
  const row = await selectTicket(db, id)
  if (!row) return null
  const status = ticketStatus.parse(row.status)
  return {
    id,
    numberRaw: row.contact_raw ?? row.number_raw,
    assigneeId: row.assignee_id,
    status,
    isOpen: row.merged_into === null && isOpen(status),
    awaitsAnswer: status === 'customer_reply',
  }
}

/** Whom to call about a ticket, and whose work it is now; null when there is none. */
async function ticketToCall(db: Db, id: string) {
  const row = await selectTicket(db, id)
  if (!row) return null
  return {
    id,
    numberRaw: row.contact_raw ?? row.number_raw,
    isOpen: isOpen(ticketStatus.parse(row.status)) && row.merged_into === null,
    team: team.parse(row.team),
    teamId: row.team_id,
  }
}

async function requireRow(trx: Trx, id: string) {
  const row = await selectTicket(trx.db, id)
  if (row === undefined) throw new NotFound('ticket', id)
  return row
}
