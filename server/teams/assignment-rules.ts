import type { TicketStatus } from '#contract/tickets.ts'
import type { Refusal } from '../errors.ts'
import { isOwnWork, leadsWork, type Membership, type Owner, type TeamPerson } from './team.ts'

/** A ticket as far as it matters who works on it. */
export interface AssignableTicket extends Owner {
  status: TicketStatus
  isOpen: boolean
  isMerged: boolean
  assigneeId: string | null
}

/** Who acts, and in which teams they are. */
export interface Actor extends TeamPerson {
  memberships: readonly Membership[]
}

/** Null: they may. A member of the owning team takes what nobody has. */
export function refusalToTake(ticket: AssignableTicket, actor: Actor): Refusal | null {
  const over = refusalOfOver(ticket)
  if (over !== null) return over
  if (!isOwnWork(actor.memberships, ticket)) return notYourTeam(ticket)
  return ticket.assigneeId === null || ticket.assigneeId === actor.id
    ? null
    : { status: 409, code: 'has_assignee', message: 'somebody else has this ticket already' }
}

/** Null: they may. Leads and supervisors give work out; who has it may pass it on in the team. */
export function refusalToAssign(ticket: AssignableTicket, actor: Actor): Refusal | null {
  const over = refusalOfOver(ticket)
  if (over !== null) return over
  if (leadsWork(actor, actor.memberships, ticket) || isHolder(ticket, actor)) return null
  return isOwnWork(actor.memberships, ticket) ? notLead() : notYourTeam(ticket)
}

/** Null: they may. Who has it gives it back, or a lead for them. */
export function refusalToHandBack(ticket: AssignableTicket, actor: Actor): Refusal | null {
  const over = refusalOfOver(ticket)
  if (over !== null) return over
  if (ticket.assigneeId === null) {
    return { status: 409, code: 'no_assignee', message: 'nobody has this ticket' }
  }
  if (ticket.assigneeId === actor.id || leadsWork(actor, actor.memberships, ticket)) return null
  return { status: 403, code: 'not_assignee', message: 'only who has it or a lead gives it back' }
}

/** Null: this person can be given the ticket. Null `memberships`: they do not work here. */
export function refusalOfAssignee(
  ticket: AssignableTicket,
  memberships: readonly Membership[] | null,
): Refusal | null {
  if (memberships === null) {
    return { status: 422, code: 'no_such_person', message: 'nobody who works here has this id' }
  }
  if (isOwnWork(memberships, ticket)) return null
  const message = 'this person is not in the team whose work it is'
  return { status: 422, code: 'not_a_member', message }
}

/** Null: this team can be given the ticket. */
export function refusalOfTeam(
  ticket: AssignableTicket,
  team: { kind: Owner['team']; active: boolean } | null,
): Refusal | null {
  if (team === null || !team.active) {
    return { status: 422, code: 'no_such_team', message: 'there is no such team at work' }
  }
  if (team.kind === ticket.team) return null
  const message = `the ticket is the work of ${ticket.team}: a step of it hands it over`
  return { status: 422, code: 'other_kind_of_team', message }
}

function isHolder(ticket: AssignableTicket, actor: Actor): boolean {
  return ticket.assigneeId === actor.id && isOwnWork(actor.memberships, ticket)
}

function refusalOfOver({ isOpen, isMerged, status }: AssignableTicket): Refusal | null {
  if (isMerged) {
    return { status: 409, code: 'merged', message: 'the ticket is part of another one' }
  }
  return isOpen ? null : { status: 409, code: 'ticket_over', message: `the ticket is ${status}` }
}

function notYourTeam({ team }: Owner): Refusal {
  const message = `the ticket is the work of ${team}, and you are not in that team`
  return { status: 403, code: 'not_your_team', message }
}

function notLead(): Refusal {
  return { status: 403, code: 'not_lead', message: 'only a lead of the team or a supervisor may' }
}
