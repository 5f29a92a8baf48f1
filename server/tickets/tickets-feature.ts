import type { TicketRef } from '#contract/tickets.ts'
import { team, ticketStatus } from '#contract/tickets.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import { assignmentRoutes } from './assignment/assignment-routes.ts'
import { type AssignmentDeps, createAssignmentService } from './assignment/assignment-service.ts'
import { type CallTicketDeps, createCallTicketService } from './call-ticket-service.ts'
import type { DueAt } from './clocks.ts'
import {
  countOpenOf,
  redateOpenTickets,
  selectOpenTickets,
  selectTicketsOfPops,
} from './open-ticket-store.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { revealRoutes } from './reveal/reveal-routes.ts'
import { createRevealService } from './reveal/reveal-service.ts'
import { rewriteTickets } from './rewrite-service.ts'
import { isOpen } from './ticket.ts'
import { toTicketRef } from './ticket-record.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { createTicketService, type TicketDeps } from './ticket-service.ts'
import { selectTicket } from './ticket-store.ts'
import { createTicketViewService, type TicketViewDeps } from './ticket-view-service.ts'

export type TicketsDeps = CallTicketDeps &
  Omit<TicketDeps, 'view'> &
  Omit<AssignmentDeps, 'view'> &
  TicketViewDeps & { schedule: Pick<Schedule, 'rewrite'>; searchRules: string }

export type Tickets = ReturnType<typeof createTickets>

/** Tickets: opened by calls and by hand, found, read and edited. */
export function createTickets(deps: TicketsDeps) {
  const { database, clock } = deps
  const view = createTicketViewService(deps)
  const service = { ...view, ...createTicketService({ ...deps, view }) }
  const assignment = createAssignmentService({ ...deps, view })
  deps.schedule.rewrite({
    name: 'search texts of tickets',
    rules: deps.searchRules,
    step: (trx, afterId) => rewriteTickets(trx.db, afterId, deps.describeNumber),
  })
  return {
    service,
    assignment,
    routes: [
      ...ticketRoutes(service),
      ...assignmentRoutes(assignment),
      ...revealRoutes(createRevealService(deps)),
    ],
    /** The tickets as lists show them. */
    ticketRows: view.toRows,
    ...createCallTicketService(deps),
    /** Sets the deadlines of all open tickets by another calendar; answers how many moved. */
    redate: (trx: Trx, dueAt: DueAt) => redateOpenTickets(trx.db, dueAt, clock.now()),
    /** How many open tickets this person has. */
    countOpen: (staffId: string) => countOpenOf(database.db, staffId),
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
  return {
    id,
    numberRaw: row.number_raw,
    assigneeId: row.assignee_id,
    isOpen: isOpen(ticketStatus.parse(row.status)),
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
