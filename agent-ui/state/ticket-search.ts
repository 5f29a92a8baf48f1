import { scopeQuery, TICKET_SCOPES } from '#contract/casework/ticket-scope.ts'
import type { TicketScope } from '#contract/casework/ticket-scope.ts'
import { intakeChannel, team, ticketKind, ticketSort } from '#contract/tickets.ts'
import type { TicketQuery } from '#contract/tickets.ts'
import { sortStep } from './list-sort.ts'

/** Which tickets the list shows. */
export const SCOPES = TICKET_SCOPES

export type Scope = TicketScope

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
  /** The columns that are left out: `who,assignee`. */
  hide?: string
}

function known<V extends string>(options: readonly V[], value: unknown): V | undefined {
  return options.find((option) => option === value)
}

function words(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Columns that a list does without; what it is a list of always stays. */
const HIDEABLE = ['who', 'assignee', 'received', 'due'] as const

/** In one order, so that one choice is one address. */
function hiddenColumns(hide: unknown): string | undefined {
  const named = typeof hide === 'string' ? hide.split(',') : []
  const hidden = HIDEABLE.filter((column) => named.includes(column))
  return hidden.length === 0 ? undefined : hidden.join(',')
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
    hide: hiddenColumns(search['hide']),
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

/** Whether words or filters leave tickets out, besides the scope. */
export function isNarrowed({
  scope: _scope,
  sort: _sort,
  hide: _hide,
  ...filters
}: TicketSearch): boolean {
  return Object.keys(filters).length > 0
}

/** What the whole address asks the server for; what is found by words has an order of its own. */
export function listQuery(search: TicketSearch, staffId: string): Record<string, string> {
  const { scope = 'open', sort, q, hide: _hide, ...filters } = search
  const step = q === undefined ? sortStep(sort) : null
  const asked = scopeQuery(scope)
  return {
    ...asked,
    ...(asked['assignee'] === 'me' ? { assignee: staffId } : {}),
    ...Object.fromEntries(
      Object.entries(filters).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    ...(q === undefined ? {} : { q }),
    ...(step ? { sort: step.id, order: step.desc ? 'desc' : 'asc' } : {}),
  }
}
