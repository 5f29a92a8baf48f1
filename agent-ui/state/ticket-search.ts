/** Which tickets the list shows. */
export const SCOPES = ['open', 'mine', 'overdue', 'all'] as const

export type Scope = (typeof SCOPES)[number]

/** The filters of the list, kept in its address. */
export interface TicketSearch {
  q?: string
  scope?: Scope
}

/** Search words made of digits arrive as a number. */
export function ticketSearch(search: Record<string, unknown>): TicketSearch {
  const scope = SCOPES.find((known) => known === search.scope)
  const { q } = search
  return {
    ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    ...(scope ? { scope } : {}),
  }
}

/** What a scope asks the server for; `staffId` is the person who looks. */
export function scopeQuery(scope: Scope, staffId: string): Record<string, string> {
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
