import { scopeQuery, TICKET_SCOPES } from '#contract/casework/ticket-scope.ts'
import type { Role } from '#contract/staff.ts'
import { type Team, type TicketQuery, ticketQuery } from '#contract/tickets.ts'
import { team } from '#contract/primitives.ts'
import type { ViewList } from '#contract/casework/views.ts'
import type { Refusal } from '../errors.ts'

/** A view as its row says it. */
export interface StoredView {
  id: string
  staffId: string
  list: ViewList
  name: string
  search: Record<string, string>
  /** Null: its owner alone. */
  team: Team | null
  version: number
}

/** As many views of one list a person has, and as many a trade shares. */
export const MOST_VIEWS = 20

const TRADE: Partial<Record<Role, Team>> = { agent: 'cskh', noc: 'noc', field: 'field' }

/** Whose shared views a person is offered; who leads sees all. */
export function tradesOf(role: Role): readonly Team[] {
  const own = TRADE[role]
  return own === undefined ? team.options : [own]
}

export function mayShare(role: Role): boolean {
  return role === 'supervisor' || role === 'admin'
}

/** Its owner while it is theirs alone; what is shared is changed by who may share. */
export function mayChange(
  view: Pick<StoredView, 'staffId' | 'team'>,
  person: { id: string; role: Role },
): boolean {
  return view.team === null ? view.staffId === person.id : mayShare(person.role)
}

/** Why a view cannot be kept; `others`: those of the same owner, or shared with the same trade. */
export function refusedView(view: StoredView, others: readonly StoredView[]): Refusal | null {
  const rest = others.filter(({ id }) => id !== view.id)
  if (rest.some(({ name }) => name.toLowerCase() === view.name.toLowerCase())) {
    const message = `there is a view of this name already: "${view.name}"`
    return { status: 409, code: 'view_name_taken', message, path: 'name' }
  }
  if (rest.length >= MOST_VIEWS) {
    return { status: 422, code: 'too_many_views', message: `at most ${MOST_VIEWS} views of a list` }
  }
  return null
}

/** What of the list's address the service counts by; null when it counts nothing of it. */
export function countedQuery({ list, search }: Pick<StoredView, 'list' | 'search'>) {
  if (list !== 'tickets') return null
  const { scope: wanted, sort: _sort, ...filters } = search
  const scope = TICKET_SCOPES.find((one) => one === wanted) ?? 'open'
  const query = ticketQuery.safeParse({ ...filters, ...scopeQuery(scope) })
  return query.success ? (query.data satisfies TicketQuery) : null
}
