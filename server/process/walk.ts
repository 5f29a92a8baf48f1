import type { ActionNeed, ActionOffer, ProcessAction } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Team, TicketStatus } from '#contract/tickets.ts'
import { TICKET_STATES } from '../tickets/ticket.ts'
import type { Actor, Case, CaseChange, CaseFacts, Refusal } from './case.ts'
import type { ProcessEffect } from './effect.ts'
import { ACTION_INPUT, isAskedOn, needsOf } from './inputs.ts'
import { replyChannel } from './objections.ts'
import type { Objection, Row, Step, Who } from './row.ts'
import { TRANSITIONS } from './transitions.ts'

/** One step taken: the ticket after it, and what follows elsewhere. */
export interface Walked {
  row: number
  ticket: Case
  change: CaseChange
  effects: readonly ProcessEffect[]
  /** The input as it was read. */
  input: Record<string, unknown>
}

const ROLE_OF: Record<Team, Actor['role']> = { cskh: 'agent', noc: 'noc', field: 'field' }

/**
 * Takes one step of the process, or says why it is not possible: state and action, in one sentence,
 * with the fields that are missing. `input` is what came from outside, without action and version.
 */
export function walk(
  ticket: Case,
  action: ProcessAction,
  input: unknown,
  facts: CaseFacts,
): Walked | Refusal {
  const rows = rowsFrom(ticket, action)
  const [first] = rows
  if (first === undefined) return refused('state', ticket, action, notFrom(ticket, action))
  const allowed = rows.filter((one) => mayTake(one, ticket, facts.actor))
  if (allowed.length === 0) return refused('person', ticket, action, notYours(first, ticket))
  const parsed = ACTION_INPUT[action].safeParse(input)
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      message,
      code: 'invalid',
    }))
    const reason = `${action} needs: ${fields.map(({ path, message }) => `${path} (${message})`).join(', ')}`
    return { ...refused('input', ticket, action, { code: 'invalid', reason }), fields }
  }
  const step: Step = { ticket, input: parsed.data, facts }
  const taken = allowed.find((one) => one.when?.(step.input, ticket, facts) ?? true)
  if (taken === undefined) return refused('person', ticket, action, notYours(first, ticket))
  return take(taken, step)
}

export function isRefusal(result: Walked | Refusal): result is Refusal {
  return 'refused' in result
}

function take(taken: Row, step: Step): Walked | Refusal {
  const { ticket, facts, input } = step
  const hindrance = taken.possible?.(ticket, facts) ?? null
  if (hindrance !== null) return refused('state', ticket, taken.action, hindrance)
  const wrong = taken.guard?.(step) ?? []
  if (wrong.length > 0) return refusedInput(ticket, taken.action, wrong)
  const to = typeof taken.to === 'function' ? taken.to(step) : (taken.to ?? ticket.status)
  const change = { ...movedTo(ticket, to, facts.now), ...taken.change?.(step) }
  const effects = taken.effects?.(step) ?? []
  return { row: taken.number, ticket: { ...ticket, ...change }, change, effects, input }
}

/**
 * A ticket that goes to another team is nobody's there until somebody takes it; one that comes back
 * from a question or to reception is again with who had it; from field to NOC, the rows say.
 */
export function movedTo(ticket: Case, to: TicketStatus, now: Instant): CaseChange {
  if (to === ticket.status) return {}
  const from = TICKET_STATES[ticket.status].owner
  const owner = TICKET_STATES[to].owner
  const change: CaseChange = { status: to, statusSince: now }
  if (from === owner) return change
  if (to === 'need_customer_info') change.returnAssigneeId = ticket.assigneeId
  if (from === 'cskh') change.receptionId = ticket.assigneeId
  if (from === 'noc' && owner === 'field') change.nocAssigneeId = ticket.assigneeId
  const comesBack = ticket.status === 'need_customer_info'
  if (comesBack) change.returnAssigneeId = null
  change.assigneeId = comesBack
    ? ticket.returnAssigneeId
    : owner === 'cskh'
      ? ticket.receptionId
      : null
  return change
}

/** What this person may do with the ticket now, in the order of the table. */
export function offersFor(ticket: Case, facts: CaseFacts): ActionOffer[] {
  const rows = possibleRows(ticket, facts)
  const main = rows.find(({ isMain }) => isMain === true)?.action
  const choicesOf = (need: ActionNeed, action: ProcessAction) => {
    const options = rows.find((one) => one.action === action)?.choices?.(ticket)[need.name]
    return options === undefined ? {} : { options: [...options] }
  }
  return [...new Set(rows.map(({ action }) => action))].map((action) => ({
    action,
    main: action === main,
    needs: needsOf(action)
      .filter(({ name }) => isAskedOn(replyChannel(ticket), name))
      .map((need) => ({ ...need, ...choicesOf(need, action) })),
  }))
}

/** The ids of what this person may do now; what a refusal names as possible. */
export function possibleActions(ticket: Case, facts: CaseFacts): ProcessAction[] {
  return [...new Set(possibleRows(ticket, facts).map(({ action }) => action))]
}

function possibleRows(ticket: Case, facts: CaseFacts): Row[] {
  return TRANSITIONS.filter(
    (one) =>
      isFrom(one, ticket) &&
      mayTake(one, ticket, facts.actor) &&
      (one.possible?.(ticket, facts) ?? null) === null,
  )
}

function rowsFrom(ticket: Case, action: ProcessAction): Row[] {
  return TRANSITIONS.filter((one) => one.action === action && isFrom(one, ticket))
}

/** A merged ticket knows one step: to come back. */
function isFrom({ action, from }: Row, { status, mergedInto }: Case): boolean {
  return (mergedInto !== null) === (action === 'unmerge') && from.includes(status)
}

/** The service itself does what a row's own team could do. */
function mayTake({ who }: Row, ticket: Case, actor: Actor | null): boolean {
  if (actor === null) return true
  return who.some((one) => isOne(one, ticket, actor))
}

/** A lead acts for the team. */
function isOne(one: Who, { status }: Case, { role, leads }: Actor): boolean {
  if (one === 'lead') return leads.includes('cskh')
  const team = one === 'owner' ? TICKET_STATES[status].owner : one
  return role === ROLE_OF[team] || leads.includes(team)
}

function refused(
  kind: Refusal['refused'],
  { status }: Case,
  action: ProcessAction,
  { code, reason }: Objection,
): Refusal {
  return { refused: kind, action, state: status, code, reason, fields: [] }
}

function refusedInput(ticket: Case, action: ProcessAction, wrong: readonly Objection[]): Refusal {
  const fields = wrong.map((one) => ({
    path: 'path' in one ? one.path : '',
    message: one.reason,
    code: one.code,
  }))
  const reason = wrong.map((one) => one.reason).join('; ')
  return { ...refused('input', ticket, action, { code: 'missing', reason }), fields }
}

function notFrom({ status, mergedInto }: Case, action: ProcessAction): Objection {
  if (mergedInto !== null) {
    return { code: 'merged', reason: 'the ticket is part of another one: unmerge it first' }
  }
  return { code: 'not_now', reason: `${action} is not possible while the ticket is ${status}` }
}

function notYours({ who, action }: Row, { status }: Case): Objection {
  const whose = who.map((one) => whoWords(one, status)).join(' or ')
  return { code: 'not_yours', reason: `${action} in ${status} is done by ${whose}` }
}

function whoWords(one: Who, status: TicketStatus): string {
  if (one === 'lead') return 'a lead of cskh'
  return one === 'owner' ? TICKET_STATES[status].owner : one
}
