import type { KeyboardEvent, MouseEvent } from 'react'
import { SelectRow } from './list-selection.tsx'
import type { DataListProps } from './list-types.ts'
import { RowVerbs } from './row-verbs.tsx'
import classes from './data-list.module.css'

interface RowProps<Row> extends Pick<
  DataListProps<Row>,
  'rowId' | 'rowName' | 'columns' | 'onOpen' | 'verbs' | 'selection'
> {
  row: Row
  index: number
  /** The row that Tab leads to. */
  isCurrent: boolean
  onFocus: () => void
  onMove: (by: number) => void
}

/** What is pressed inside a row (a link, a button) is not a press on the row. */
function isOnRow(event: { target: EventTarget }): boolean {
  return event.target instanceof Element && !event.target.closest('a, button, input, [data-select]')
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
}

export function ListRow<Row>(props: RowProps<Row>) {
  const { row, rowId, rowName, columns, onOpen, verbs, selection } = props
  const { isCurrent, onFocus, onMove } = props
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return
    const by = STEPS[event.key]
    if (by === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (by === undefined) onOpen?.(row)
    else onMove(by)
  }
  const onClick = (event: MouseEvent) => {
    if (isOnRow(event)) onOpen?.(row)
  }
  return (
    <tr
      className={classes.row}
      data-row={rowId(row)}
      data-opens={onOpen !== undefined}
      aria-selected={selection?.ids.has(rowId(row))}
      aria-rowindex={props.index + 1}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {selection && (
        <td className={classes.select} data-select>
          <SelectRow selection={selection} id={rowId(row)} name={rowName(row)} />
        </td>
      )}
      {columns.map(({ id, cell, align }) => (
        <td key={id} data-align={align}>
          {cell(row)}
        </td>
      ))}
      {verbs && (
        <td className={classes.verbs}>
          <RowVerbs name={rowName(row)} verbs={verbs(row)} />
        </td>
      )}
    </tr>
  )
}
