/** `missed`: customers' calls that nobody answered. */
export const CALLS_SHOWN = ['inbound', 'callback', 'missed'] as const

/** The filters of the list of calls, kept in its address. */
export interface CallSearch {
  direction?: (typeof CALLS_SHOWN)[number]
}

export function callSearch(search: Record<string, unknown>): CallSearch {
  const direction = CALLS_SHOWN.find((known) => known === search['direction'])
  return direction ? { direction } : {}
}

/** What the address asks the server for. */
export function callListQuery({ direction }: CallSearch): Record<string, string> {
  if (direction === undefined) return {}
  return direction === 'missed' ? { missed: '1' } : { direction }
}
