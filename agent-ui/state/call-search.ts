export const CALL_DIRECTIONS = ['inbound', 'callback'] as const

/** The filters of the list of calls, kept in its address. */
export interface CallSearch {
  direction?: (typeof CALL_DIRECTIONS)[number]
}

export function callSearch(search: Record<string, unknown>): CallSearch {
  const direction = CALL_DIRECTIONS.find((known) => known === search['direction'])
  return direction ? { direction } : {}
}
