import type { ReactNode } from 'react'
import type { Needs } from '../../state/connection.ts'

/** One column of a list, declared beside its screen. */
export interface ListColumn<Row> {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  /** In px; a column without takes what is left. */
  width?: number
  /** The server can order by it: the id is its word for that. */
  sortable?: boolean
  /** Orders rows here, for a list that holds all of them. */
  compare?: (a: Row, b: Row) => number
  align?: 'end'
  /** The list is none without it; the first column never goes. */
  always?: true
}

/** The columns that are left out. */
export interface ColumnChoice {
  hidden: readonly string[]
  onHide: (hidden: readonly string[]) => void
}

/** Something that can be done to one row; `main` is a button, the rest is behind the three dots. */
export interface RowVerb {
  id: string
  label: string
  /** A single key, for the row that has the focus. */
  key?: string
  main?: boolean
  /** What must not be away for it; when left out it only opens something. */
  needs?: Needs
  run: () => void
}

/** The rows that are chosen, to do one thing to all of them. */
export interface ListSelection {
  ids: ReadonlySet<string>
  onChange: (ids: ReadonlySet<string>) => void
  /** What can be done to them, beside how many they are. */
  bar: ReactNode
}

/** What a list needs to know of its query; both kinds of TanStack Query fit. */
export interface ListSource {
  isPending: boolean
  isError: boolean
  error: unknown
  refetch: () => unknown
  /** Rows of other filters are shown while the new ones are on their way. */
  isPlaceholderData?: boolean
  dataUpdatedAt: number
  hasNextPage?: boolean
  isFetchingNextPage?: boolean
  fetchNextPage?: () => unknown
}

export interface DataListProps<Row> {
  /** Names the list for who does not see it. */
  label: string
  source: ListSource
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** The row in words, to name what is done to it. */
  rowName: (row: Row) => string
  columns: readonly ListColumn<Row>[]
  /** Enter, or a press on the row. */
  onOpen?: (row: Row) => void
  verbs?: (row: Row) => readonly RowVerb[]
  /** In px, where one short word is all that can be done. */
  verbsWidth?: number
  selection?: ListSelection
  /** Where the choice of columns is kept; in this browser when left out. */
  columnChoice?: ColumnChoice
  sort?: string | undefined
  onSort?: (sort: string | undefined) => void
  /** How a row looks on a telephone. */
  card?: (row: Row) => ReactNode
  empty: { title: string; text?: string }
  /** Below the rows, e.g. how many there are. */
  foot?: ReactNode
}
