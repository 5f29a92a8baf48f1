/** The order of a list as its address keeps it: `dueAt`, or `-dueAt` for the other way round. */
export type ListSort = string

export interface SortStep {
  id: string
  desc: boolean
}

export function sortStep(sort: ListSort | undefined): SortStep | null {
  if (sort === undefined || sort === '' || sort === '-') return null
  return sort.startsWith('-') ? { id: sort.slice(1), desc: true } : { id: sort, desc: false }
}

/**
 * The rows as a column that compares them here has them; where the server orders them, or no such column
 * is chosen, the rows themselves.
 */
export function inOrder<Row>(
  rows: readonly Row[],
  columns: readonly { id: string; compare?: (a: Row, b: Row) => number }[],
  sort: ListSort | undefined,
): readonly Row[] {
  const step = sortStep(sort)
  const compare = columns.find(({ id }) => id === step?.id)?.compare
  if (step === null || compare === undefined) return rows
  return rows.toSorted(step.desc ? (a, b) => compare(b, a) : compare)
}

/** The order after a press on a column: up, down, and back to the order of the list itself. */
export function nextSort(sort: ListSort | undefined, column: string): ListSort | undefined {
  const step = sortStep(sort)
  if (step?.id !== column) return column
  return step.desc ? undefined : `-${column}`
}

/** The order in the address of a list that has no other filter. */
export function sortSearch(search: Record<string, unknown>): { sort?: string } {
  const { sort } = search
  return typeof sort === 'string' && sort !== '' ? { sort } : {}
}

/** The words in the address of a list that is only searched; digits arrive as a number. */
export function wordsSearch(search: Record<string, unknown>): { q?: string } {
  const { q } = search
  return (typeof q === 'string' && q !== '') || typeof q === 'number' ? { q: String(q) } : {}
}
