import { intakeChannel, team, ticketKind, ticketSort } from '#contract/tickets.ts'
import type { TicketQuery } from '#contract/tickets.ts'
import { sortStep } from './list-sort.ts'

/** Which tickets the list shows. */
export const SCOPES = ['open', 'mine', 'overdue', 'all'] as const

export type Scope = (typeof SCOPES)[number]

const PROMISES = ['open', 'late', 'none'] as const

/** The filters of the list, kept in its address. */
export interface TicketSearch {
  q?: string
  scope?: Scope
  team?: TicketQuery['team']
  kind?: TicketQuery['kind']
  channel?: TicketQuery['channel']
  promise?: TicketQuery['promise']
  category?: string
  /** The order, by a column of the list: `due`, `-received`. */
  sort?: string
}

function known<V extends string>(options: readonly V[], value: unknown): V | undefined {
  return options.find((option) => option === value)
}

function words(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Search words made of digits arrive as a number. */
export function ticketSearch(search: Record<string, unknown>): TicketSearch {
  const { sort } = search
  const step = sortStep(typeof sort === 'string' ? sort : undefined)
  const filters = {
    q: words(search['q']),
    scope: known(SCOPES, search['scope']),
    team: known(team.options, search['team']),
    kind: known(ticketKind.options, search['kind']),
    channel: known(intakeChannel.options, search['channel']),
    promise: known(PROMISES, search['promise']),
    category: words(search['category']),
    sort: step && known(ticketSort.options, step.id) ? String(sort) : undefined,
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

/** Whether words or filters leave tickets out, besides the scope. */
export function isNarrowed({ scope: _scope, sort: _sort, ...filters }: TicketSearch): boolean {
  return Object.keys(filters).length > 0
}

/** What a scope asks the server for; `staffId` is the person who looks. */
function scopeQuery(scope: Scope, staffId: string): Record<string, string> {
  switch (scope) {
    case 'mine':
      return { status: 'open', assignee: staffId }
    case 'open':
      return { status: 'open' }
    case 'overdue':
      return { status: 'open', overdue: '1' }
    case 'all':
      return {}
    default:
      return scope satisfies never
  }
}

/** What the whole address asks the server for; what is found by words has an order of its own. */
export function listQuery(search: TicketSearch, staffId: string): Record<string, string> {
  const { scope = 'open', sort, q, ...filters } = search
  const step = q === undefined ? sortStep(sort) : null
  return {
    ...scopeQuery(scope, staffId),
    ...Object.fromEntries(
      Object.entries(filters).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    ...(q === undefined ? {} : { q }),
    ...(step ? { sort: step.id, order: step.desc ? 'desc' : 'asc' } : {}),
  }
}
