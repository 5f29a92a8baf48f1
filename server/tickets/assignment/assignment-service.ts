import { setImmediate } from 'node:timers/promises'
import type { SessionUser } from '#contract/staff.ts'
import type { TicketAssign, TicketHandBack, TicketsAssign } from '#contract/casework/teams.ts'
import { team, type Ticket, ticketStatus, type TimelineEntry } from '#contract/tickets.ts'
import type { Db } from '../../db/schema.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import {
  Conflict,
  type FieldError,
  NotFound,
  refusalOf,
  refuse,
  requireNone,
} from '../../errors.ts'
import type { Clock, NewId, Notifier, StateFact } from '../../ports.ts'
import {
  type Actor,
  type AssignableTicket,
  refusalOfAssignee,
  refusalOfTeam,
  refusalToAssign,
  refusalToHandBack,
  refusalToTake,
} from '../../teams/assignment-rules.ts'
import type { Membership, StoredTeam } from '../../teams/team.ts'
import { isOpen } from '../ticket.ts'
import type { Person, StoredTicket } from '../ticket-record.ts'
import { selectTicket, updateTicket } from '../ticket-store.ts'
import type { TicketViewService } from '../ticket-view-service.ts'
import { addLines } from '../timeline-store.ts'
import { takeTicket } from './assignment-store.ts'

export interface AssignmentDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'ticketUpdated'>
  /** Takes `ticket_assigned`. */
  state: StateFact
  view: Pick<TicketViewService, 'get' | 'toRows'>
  staffById: (staffId: string) => Person | null
  /** Who works here; null for anybody else. */
  activeById: (staffId: string) => SessionUser | null
  memberTeams: (staffId: string) => Membership[]
  teamById: (teamId: string) => StoredTeam | null
}

export type AssignmentService = ReturnType<typeof createAssignmentService>

type Line = Pick<TimelineEntry, 'kind' | 'note'>

/** Who works on a ticket: taken, given and given back, each with its line. */
export function createAssignmentService(deps: AssignmentDeps) {
  const { database, clock } = deps

  /** Takes a ticket that nobody has. Throws Forbidden, and Conflict when somebody was faster. */
  async function take(id: string, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const before = await requireTicket(trx.db, id)
      refuse(refusalToTake(assignable(before), actorOf(user)))
      if (before.assignee_id === user.id) return
      const after = await takeTicket(trx.db, before, user.id, clock.now())
      if (after === undefined) {
        throw new Conflict('somebody else took this ticket just now', 'has_assignee')
      }
      await note(trx, { before, after, user }, { kind: 'taken', note: '' })
    })
    return deps.view.get(id, user)
  }

  /** Gives a ticket to a person or a team. Throws Forbidden, Conflict, InvalidInput (422). */
  async function assign(id: string, order: TicketAssign, user: SessionUser): Promise<Ticket> {
    await database.transaction((trx) => give(trx, id, order, user))
    return deps.view.get(id, user)
  }

  /** Gives many at once. Throws InvalidInput (422) with every one that cannot be: then none is. */
  async function assignAll(
    { tickets, ...to }: TicketsAssign,
    user: SessionUser,
  ): Promise<{ count: number }> {
    await database.transaction(async (trx) => {
      const failed: FieldError[] = []
      for (const [index, { id, version }] of tickets.entries()) {
        // oxlint-disable-next-line no-await-in-loop -- one transaction
        const why = await give(trx, id, { ...to, version }, user).then(() => null, refusalOf)
        if (why !== null) failed.push({ ...why, path: `tickets.${index}` })
        // oxlint-disable-next-line no-await-in-loop -- on SQLite nothing else would run until the last
        await setImmediate()
      }
      requireNone(failed, tickets.length)
    })
    return { count: tickets.length }
  }

  async function give(trx: Trx, id: string, order: TicketAssign, user: SessionUser): Promise<void> {
    const before = await requireVersion(trx.db, id, order.version)
    refuse(refusalToAssign(assignable(before), actorOf(user)))
    const after = await save(trx.db, before, newOwner(before, order))
    await note(trx, { before, after, user }, { kind: 'assigned', note: '' })
  }

  function newOwner(before: StoredTicket, { staffId, teamId }: TicketAssign) {
    const ticket = assignable(before)
    if (staffId !== undefined) {
      const memberships = deps.activeById(staffId) === null ? null : deps.memberTeams(staffId)
      refuse(refusalOfAssignee(ticket, memberships), 'staffId')
      return { assignee_id: staffId }
    }
    const given = teamId ?? ''
    refuse(refusalOfTeam(ticket, deps.teamById(given)), 'teamId')
    const isMember =
      before.assignee_id !== null &&
      deps.memberTeams(before.assignee_id).some((one) => one.teamId === given)
    return { team_id: given, ...(isMember ? {} : { assignee_id: null }) }
  }

  /** Gives it back to its team, with the reason. Throws Forbidden and Conflict. */
  async function handBack(id: string, order: TicketHandBack, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const before = await requireVersion(trx.db, id, order.version)
      refuse(refusalToHandBack(assignable(before), actorOf(user)))
      const after = await save(trx.db, before, { assignee_id: null })
      await note(trx, { before, after, user }, { kind: 'handed_back', note: order.reason })
    })
    return deps.view.get(id, user)
  }

  function actorOf({ id, role }: SessionUser): Actor {
    return { id, role, memberships: deps.memberTeams(id) }
  }

  async function save(
    db: Db,
    before: StoredTicket,
    columns: Partial<StoredTicket>,
  ): Promise<StoredTicket> {
    const written = { ...columns, updated_at: clock.now() }
    const after = await updateTicket(db, before.id, before.version, written)
    if (after === undefined) throw stale(before.version + 1)
    return after
  }

  async function note(
    trx: Trx,
    { before, after, user }: { before: StoredTicket; after: StoredTicket; user: SessionUser },
    { kind, note: text }: Line,
  ): Promise<void> {
    const { id: ticketId } = after
    const fields = {
      ...named('from', before.assignee_id),
      ...named('to', after.assignee_id),
      ...teamField('fromTeam', before.team_id),
      ...teamField('toTeam', after.team_id),
    }
    const line = { ticketId, actorId: user.id, kind, note: text, fields }
    await addLines(trx.db, [{ ...line, id: deps.newId(), at: clock.now() }])
    await deps.state(trx, {
      type: 'ticket_assigned',
      ticketId,
      actorId: user.id,
      how: kind === 'taken' ? 'taken' : 'given',
      fromId: before.assignee_id,
      toId: after.assignee_id,
      version: after.version,
    })
    const [shown] = await deps.view.toRows(trx.db, [after])
    if (shown) trx.afterCommit(() => deps.notifier.ticketUpdated(shown))
  }

  function named(side: 'from' | 'to', staffId: string | null): Record<string, string> {
    if (staffId === null) return {}
    return { [`${side}Id`]: staffId, [side]: deps.staffById(staffId)?.displayName ?? staffId }
  }

  function teamField(name: string, teamId: string | null): Record<string, string> {
    return teamId === null ? {} : { [name]: deps.teamById(teamId)?.name ?? teamId }
  }

  return { take, assign, assignAll, handBack }
}

async function requireTicket(db: Db, id: string): Promise<StoredTicket> {
  const row = await selectTicket(db, id)
  if (!row) throw new NotFound('ticket', id)
  return row
}

async function requireVersion(db: Db, id: string, version: number): Promise<StoredTicket> {
  const row = await requireTicket(db, id)
  if (row.version !== version) throw stale(row.version)
  return row
}

function assignable(row: StoredTicket): AssignableTicket {
  const status = ticketStatus.parse(row.status)
  return {
    status,
    isOpen: isOpen(status),
    isMerged: row.merged_into !== null,
    team: team.parse(row.team),
    teamId: row.team_id,
    assigneeId: row.assignee_id,
  }
}

function stale(version: number): Conflict {
  return new Conflict(`the ticket was changed meanwhile (version is ${version} now)`, 'stale')
}
