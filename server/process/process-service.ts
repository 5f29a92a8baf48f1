import type { ActionOffer, ProcessAction } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Team, Ticket, TicketStatus } from '#contract/tickets.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, StepRefused } from '../errors.ts'
import type { Clock, StateFact } from '../ports.ts'
import { TICKET_STATES } from '../tickets/ticket.ts'
import type { StoredTicket } from '../tickets/ticket-record.ts'
import type { Actor, Case, CaseFacts, Refusal } from './case.ts'
import { caseOf, columnsOf } from './case-record.ts'
import type { ServiceMove } from './effect.ts'
import type { FactsService, Seen } from './facts-service.ts'
import { lockTickets, readTicket, saveStep } from './process-store.ts'
import { type OutageEnd, release, type Released } from './release.ts'
import { ASKED_FOR_OFFERS, ASKED_FOR_STEPS } from './rows/asked-facts.ts'
import { isRefusal, offersFor, possibleActions, walk } from './walk.ts'

export interface ProcessDeps {
  database: Database
  clock: Clock
  state: StateFact
  facts: FactsService
  /** The teams of which this person is a lead. */
  leadsOf: (staffId: string) => readonly Team[]
  viewOf: (ticketId: string, user: SessionUser) => Promise<Ticket>
  /** Which of several field teams serves the area; null: any. */
  teamForArea: (area: string | null) => string | null
}

/** One step as it was asked for: what the action needs stands beside these. */
export interface StepOrder extends Record<string, unknown> {
  action: ProcessAction
  version: number
}

const STATUS_OF = { person: 403, state: 409, input: 422 } as const
const TARGET_FIELDS = ['into', 'outageId', 'duplicateOf']
const ALL_TEAMS: readonly Team[] = ['cskh', 'noc', 'field']

export type ProcessService = ReturnType<typeof createProcessService>

/** The only writer of a ticket's state: one step, its line and all that follows in one transaction. */
export function createProcessService(deps: ProcessDeps) {
  const { database, clock, state, facts } = deps

  /**
   * Takes one step as this person. Throws NotFound, and StepRefused: 403 for the person, 409 for the
   * state or a stale version, 422 for what is missing.
   */
  async function act(ticketId: string, order: StepOrder, user: SessionUser): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const { action, version, ...input } = order
      await lockWithTarget(trx.db, ticketId, { action, input })
      const row = await requireTicket(trx.db, ticketId)
      const known = await gather(trx.db, row, { actor: actorOf(user), input })
      if (row.version !== version) throw refuse(staleStep(row, action), caseOf(row), known)
      const isTaken = await take(trx, row, { action, input, known })
      if (!isTaken) throw await refuseSlower(trx.db, ticketId, { action, input, user })
    })
    return deps.viewOf(ticketId, user)
  }

  /**
   * A step that the service itself takes, such as the dialler's "nobody answered"; false, and nothing
   * changed, when the ticket is not where the step begins. Safe to repeat.
   */
  async function step(
    trx: Trx,
    ticketId: string,
    order: { action: ProcessAction; input?: Record<string, unknown>; reference?: string },
  ): Promise<boolean> {
    const row = await readTicket(trx.db, ticketId)
    if (row === undefined) return false
    const { action, input = {}, reference } = order
    const known = await gather(trx.db, row, { actor: null, input })
    if (!possibleActions(caseOf(row), known).includes(action)) return false
    if (await take(trx, row, { action, input, known, reference })) return true
    return step(trx, ticketId, order)
  }

  /** Somebody's step was committed between our reading and writing: what the ticket is now. */
  async function refuseSlower(
    db: Db,
    ticketId: string,
    asked: { action: ProcessAction; input: Record<string, unknown>; user: SessionUser },
  ): Promise<StepRefused> {
    const { action, input, user } = asked
    const row = await requireTicket(db, ticketId)
    const known = await gather(db, row, { actor: actorOf(user), input })
    return refuse(staleStep(row, action), caseOf(row), known)
  }

  /** False, and nothing changed, when somebody else was faster. */
  async function take(
    trx: Trx,
    row: StoredTicket,
    order: {
      action: ProcessAction
      input: Record<string, unknown>
      known: CaseFacts
      reference?: string | undefined
    },
  ): Promise<boolean> {
    const before = caseOf(row)
    const { action, known, reference } = order
    const walked = walk(before, action, order.input, known)
    if (isRefusal(walked)) throw refuse(walked, before, known)
    const saved = await saveStep(trx.db, row, {
      ...columnsOf(walked.change),
      ...ownerColumns(row, walked.ticket.status),
      updated_at: clock.now(),
    })
    if (saved === undefined) return false
    await state(trx, {
      type: 'ticket_walked',
      ticketId: row.id,
      action,
      from: before.status,
      to: walked.ticket.status,
      actorId: known.actor?.id ?? null,
      at: known.now,
      loopNo: walked.ticket.loopNo,
      input: walked.input,
      ...(reference === undefined ? {} : { reference }),
      effects: walked.effects,
    })
    return true
  }

  /**
   * Takes one step as this person, in the caller's transaction and from the ticket as it is now.
   * Throws as `act`.
   */
  async function actIn(
    trx: Trx,
    ticketId: string,
    order: { action: ProcessAction; input: Record<string, unknown> },
    user: SessionUser,
  ): Promise<void> {
    const row = await requireTicket(trx.db, ticketId)
    const { action, input } = order
    const known = await gather(trx.db, row, { actor: actorOf(user), input })
    if (await take(trx, row, { action, input, known })) return
    throw await refuseSlower(trx.db, ticketId, { action, input, user })
  }

  /**
   * The service's own move when the outage of this ticket is over; nothing when it is linked to none.
   * Safe to repeat. Throws Conflict when somebody was faster.
   */
  async function releaseFrom(
    trx: Trx,
    ticketId: string,
    end: Omit<OutageEnd, 'now'>,
  ): Promise<void> {
    const row = await requireTicket(trx.db, ticketId)
    const now = clock.now()
    const released = release(caseOf(row), { ...end, now })
    if (released === null) return
    const action = end.cancelled ? 'outage_cancelled' : 'outage_ended'
    await leave(trx, row, released, { action, actorId: null, at: now })
  }

  /** Row 33 as this person, in the caller's transaction; what is linked to it already stays. Throws as `act`. */
  async function link(
    trx: Trx,
    ticketId: string,
    { outageId, user }: { outageId: string; user: SessionUser },
  ): Promise<void> {
    if ((await requireTicket(trx.db, ticketId)).parent_outage_id === outageId) return
    await actIn(trx, ticketId, { action: 'link_outage', input: { outageId } }, user)
  }

  /**
   * Takes a ticket out of an open outage again, whose it turned out not to be: its clocks go on. Throws
   * NotFound, Conflict when it is not linked to that outage or somebody was faster.
   */
  async function unlink(
    trx: Trx,
    ticketId: string,
    { outageId, actorId }: { outageId: string; actorId: string },
  ): Promise<void> {
    const row = await requireTicket(trx.db, ticketId)
    const now = clock.now()
    const end = { cancelled: true, restoredAt: now, callbackAt: null, now }
    const released = row.parent_outage_id === outageId ? release(caseOf(row), end) : null
    if (released === null) {
      throw new Conflict(`ticket ${row.code} is not linked to this outage`, 'not_linked')
    }
    await leave(trx, row, released, { action: 'outage_unlinked', actorId, at: now })
  }

  /** The ticket is part of its outage no more. Throws Conflict when somebody was faster. */
  async function leave(
    trx: Trx,
    row: StoredTicket,
    { change, effects }: Released,
    how: { action: ServiceMove; actorId: string | null; at: Instant },
  ): Promise<void> {
    const { parentOutageId, loopNo, status: from } = caseOf(row)
    const to = change.status ?? from
    const past = how.action === 'outage_ended' ? { past_outage_id: parentOutageId } : {}
    const columns = { ...columnsOf(change), ...past, ...ownerColumns(row, to) }
    if ((await saveStep(trx.db, row, { ...columns, updated_at: how.at })) === undefined) {
      throw new Conflict(`ticket ${row.code} was changed meanwhile`, 'stale')
    }
    const input = { outageId: parentOutageId }
    const moved = { ticketId: row.id, ...how, from, to, loopNo }
    await state(trx, { type: 'ticket_walked', ...moved, input, effects })
  }

  /** What this person may do now with the ticket; `seen` is the evidence on it. */
  async function offers(
    db: Db,
    row: StoredTicket,
    { user, seen }: { user: SessionUser; seen: Seen },
  ): Promise<ActionOffer[]> {
    const asked = { actor: actorOf(user), targetId: null, by: ASKED_FOR_OFFERS, seen }
    return offersFor(caseOf(row), await facts.gather(db, caseOf(row), asked))
  }

  function gather(
    db: Db,
    row: StoredTicket,
    asked: { actor: Actor | null; input: Record<string, unknown> },
  ): Promise<CaseFacts> {
    const targetId = namedIn(asked.input)
    return facts.gather(db, caseOf(row), { actor: asked.actor, targetId, by: ASKED_FOR_STEPS })
  }

  /**
   * A team follows from the state. Which one of several is chosen anew with the kind: a ticket that
   * field gave back to NOC is no work of that field team.
   */
  function ownerColumns(row: StoredTicket, to: TicketStatus): Partial<StoredTicket> {
    const { owner } = TICKET_STATES[to]
    if (owner === row.team) return {}
    return { team: owner, team_id: owner === 'field' ? deps.teamForArea(row.area) : null }
  }

  /** Supervisors stand in for the lead of every team. */
  function actorOf({ id, role }: SessionUser): Actor {
    return { id, role, leads: role === 'supervisor' ? ALL_TEAMS : deps.leadsOf(id) }
  }

  return { act, actIn, step, release: releaseFrom, link, unlink, offers }
}

/** The other ticket of a step, such as the one to merge into. */
function namedIn(input: Record<string, unknown>): string | null {
  const named = TARGET_FIELDS.map((field) => input[field])
  return named.find((one) => typeof one === 'string') ?? null
}

/** What a step asks of another ticket must hold until it is taken: two could merge into each other. */
async function lockWithTarget(
  db: Db,
  ticketId: string,
  { action, input }: { action: ProcessAction; input: Record<string, unknown> },
): Promise<void> {
  const joined = action === 'unmerge' ? (await readTicket(db, ticketId))?.merged_into : null
  const targetId = namedIn(input) ?? joined ?? null
  if (targetId !== null) await lockTickets(db, [ticketId, targetId])
}

async function requireTicket(db: Db, id: string): Promise<StoredTicket> {
  const row = await readTicket(db, id)
  if (row === undefined) throw new NotFound('ticket', id)
  return row
}

function staleStep(row: StoredTicket, action: ProcessAction): Refusal {
  const { status, version } = caseOf(row)
  const reason = `somebody else was faster: the ticket is ${status} now (version ${version})`
  return { refused: 'state', action, state: status, code: 'stale', reason, fields: [] }
}

function refuse(refusal: Refusal, ticket: Case, known: CaseFacts): StepRefused {
  const { reason, action, state, code, fields } = refusal
  return new StepRefused(reason, {
    status: STATUS_OF[refusal.refused],
    code,
    state,
    action,
    possible: possibleActions(ticket, known),
    errors: fields,
  })
}
