import type { TicketSearch } from './state/ticket-search.ts'

let left: TicketSearch = {}

/** The list of tickets is shown with these filters now. */
export function keepListSearch(search: TicketSearch): void {
  left = search
}

/** The filters with which the list was left, for the way back to it. */
export function keptListSearch(): TicketSearch {
  return left
}
