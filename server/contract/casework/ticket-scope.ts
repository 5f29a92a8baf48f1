/** The first choice of every list of tickets; a saved one is counted by the service. */
export const TICKET_SCOPES = ['open', 'mine', 'overdue', 'all'] as const
export type TicketScope = (typeof TICKET_SCOPES)[number]

/** What a scope asks of `GET /api/tickets`; `me` is whoever asks. */
export function scopeQuery(scope: TicketScope): Record<string, string> {
  switch (scope) {
    case 'mine':
      return { status: 'open', assignee: 'me' }
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
