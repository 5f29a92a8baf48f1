import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { TicketRow } from '#contract/tickets.ts'
import type { Page } from './request.ts'
import { createObservable, useObservable } from './observable.ts'
import { KEYS, queries, refresh } from './queries.ts'
import { readAgain } from './read-again.ts'
import { withRow } from './state/list-patch.ts'
import { LANES, withLaneRow } from './state/noc-board.ts'

type TicketPages = InfiniteData<Page<TicketRow>>

/** How many tickets changed since a long list was read, which is not read again under the reader. */
const unseen = createObservable(0)

export function useUnseenTickets(): number {
  return useObservable(unseen, (count) => count)
}

/** Puts a changed ticket into every list that shows it. */
export function patchTicketLists(client: QueryClient, row: TicketRow): void {
  unseen.change((count) => count + 1)
  client.setQueriesData<TicketPages>({ queryKey: KEYS.ticketLists }, (list) =>
    list?.pages === undefined ? list : withRow(list, row),
  )
  for (const lane of LANES) {
    client.setQueryData(queries.lane(lane).queryKey, (rows) => rows && withLaneRow(rows, lane, row))
  }
}

/** Lists of one page are read again at once; a longer one says that there is something new. */
export function refreshTicketLists(client: QueryClient): void {
  readAgain(
    client,
    {
      predicate: ({ queryKey, state }) =>
        (queryKey[0] === KEYS.tickets[0] && !isLong(state.data)) ||
        (queryKey[0] === KEYS.teams[0] && queryKey.length > 1) ||
        queryKey[0] === KEYS.outages[0],
    },
    { cancelRefetch: false },
  )
}

/** The reader asks for what is new: the list begins again at its first page. */
export async function showUnseenTickets(client: QueryClient): Promise<void> {
  unseen.change(() => 0)
  client.setQueriesData<TicketPages>(
    { queryKey: KEYS.ticketLists },
    (list) => list && { pages: list.pages.slice(0, 1), pageParams: list.pageParams.slice(0, 1) },
  )
  refresh(client, KEYS.tickets)
}

/** The list was read anew, by itself or by another filter. */
export function allTicketsSeen(): void {
  unseen.change(() => 0)
}

function isLong(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'pages' in data &&
    Array.isArray(data.pages) &&
    data.pages.length > 1
  )
}
