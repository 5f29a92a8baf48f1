/** What the patching of a list needs to know of its rows. */
export interface VersionedRow {
  id: string
  version: number
}

export interface RowPages<Row> {
  pages: { items: Row[]; nextCursor: string | null }[]
  pageParams: unknown[]
}

/**
 * A list with the row as it is now, in the place where it stands; the same list when the row is not in
 * it or is not newer.
 */
export function withRow<Row extends VersionedRow>(list: RowPages<Row>, row: Row): RowPages<Row> {
  const isOlder = (known: Row) => known.id === row.id && known.version < row.version
  if (!list.pages.some(({ items }) => items.some(isOlder))) return list
  const pages = list.pages.map((page) =>
    page.items.some(isOlder)
      ? { ...page, items: page.items.map((known) => (isOlder(known) ? row : known)) }
      : page,
  )
  return { ...list, pages }
}
