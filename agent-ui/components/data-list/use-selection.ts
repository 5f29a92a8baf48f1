import { useMemo, useState } from 'react'

/** Which rows of a list are chosen; what is in the list no more is chosen no more. */
export function useSelection<Row>(rows: readonly Row[], rowId: (row: Row) => string) {
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set())
  const chosen = useMemo(() => rows.filter((row) => wanted.has(rowId(row))), [rows, wanted, rowId])
  const ids = useMemo(() => new Set(chosen.map(rowId)), [chosen, rowId])
  return { ids, chosen, choose: setWanted, clear: () => setWanted(new Set()) }
}
