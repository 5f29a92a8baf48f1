import type { QueryClient, QueryFilters } from '@tanstack/react-query'

/**
 * Reads anew what is shown, and the rest when it is next shown. What is on its way may be older than the
 * news: it is given up (`cancelRefetch`, once there is something to show) or let finish and read once more.
 * The library alone takes it for new.
 */
export function readAgain(
  client: QueryClient,
  filters: QueryFilters,
  { cancelRefetch }: { cancelRefetch: boolean },
): void {
  const onTheWay = client
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined || !cancelRefetch)
  void client.invalidateQueries(filters, { cancelRefetch })
  for (const { promise, queryKey } of onTheWay) {
    const once = () => client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false })
    void promise?.then(once, once)
  }
}
