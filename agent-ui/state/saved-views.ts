import type { SavedView } from '#contract/casework/views.ts'

/** The address of a list as a view keeps it: what says nothing is left out. */
export function keptSearch(search: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(search)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => [name, String(value)] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  )
}

/** The view that the list shows now; an own one before a shared one. */
export function shownView(
  views: readonly SavedView[],
  search: Record<string, string>,
): SavedView | undefined {
  const shown = JSON.stringify(keptSearch(search))
  const fitting = views.filter((view) => JSON.stringify(keptSearch(view.search)) === shown)
  return fitting.find(({ team }) => team === null) ?? fitting[0]
}

/** The own view that these words name already: saving would change it. */
export function namedView(
  views: readonly SavedView[],
  { name, team }: Pick<SavedView, 'name' | 'team'>,
): SavedView | undefined {
  const wanted = name.trim().toLowerCase()
  return views.find(
    (view) => view.mayChange && view.team === team && view.name.toLowerCase() === wanted,
  )
}

/** The view after the shown one, round and round. */
export function nextView(
  views: readonly SavedView[],
  shown: SavedView | undefined,
): SavedView | undefined {
  const index = views.findIndex(({ id }) => id === shown?.id)
  return views[(index + 1) % views.length]
}
