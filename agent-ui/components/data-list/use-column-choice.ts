import { useState } from 'react'
import { readSetting, writeSetting } from '../../settings.ts'
import type { ColumnChoice } from './list-types.ts'

interface Choosable {
  id: string
  always?: boolean
}

/** The first column names the row: it stays, like those that say so. */
export function mayHide({ always }: Choosable, index: number): boolean {
  return always !== true && index > 0
}

/** The columns that are shown, in their order. */
export function shownColumns<C extends Choosable>(
  columns: readonly C[],
  hidden: readonly string[],
): readonly C[] {
  if (hidden.length === 0) return columns
  return columns.filter((column, index) => !mayHide(column, index) || !hidden.includes(column.id))
}

/** Which columns of this kind of list are left out, kept in this browser. */
export function useColumnChoice(columns: readonly Choosable[]): ColumnChoice {
  const key = `columns.${columns.map(({ id }) => id).join(',')}` as const
  const [hidden, setHidden] = useState(() => readSetting(key)?.split(',').filter(Boolean) ?? [])
  return {
    hidden,
    onHide: (next) => {
      setHidden([...next])
      writeSetting(key, next.join(','))
    },
  }
}
