import type { ReactNode } from 'react'
import type { DataListProps } from './list-types.ts'
import { SelectRow, toggleRow } from './list-selection.tsx'
import { RowVerbs } from './row-verbs.tsx'
import classes from './data-list.module.css'

type CardsProps<Row> = DataListProps<Row> & { card: (row: Row) => ReactNode }

/** The same list on a telephone: one card per row, its actions as large as a thumb. */
export function ListCards<Row>(props: CardsProps<Row>) {
  const { label, rows, rowId, rowName, card, verbs, selection } = props
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows.map((row) => (
        <li key={rowId(row)} className={classes.card}>
          {selection && (
            <SelectRow
              id={rowId(row)}
              name={rowName(row)}
              isChosen={selection.ids.has(rowId(row))}
              onToggle={(id) => toggleRow(selection, id)}
            />
          )}
          {card(row)}
          {verbs && <RowVerbs name={rowName(row)} verbs={verbs(row)} size="md" />}
        </li>
      ))}
    </ul>
  )
}
