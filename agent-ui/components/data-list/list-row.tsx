import { useMemo } from 'react'
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
  onToggle: (id: string) => void
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
  const { isCurrent, onFocus, onMove, onToggle } = props
  const id = rowId(row)
  const isChosen = selection?.ids.has(id)
  // drawn anew only when the row changes, not when the list is scrolled
  const cells = useMemo(
    () =>
      columns.map((column) => (
        <td key={column.id} data-align={column.align}>
          {column.cell(row)}
        </td>
      )),
    [row, columns],
  )
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
      data-row={id}
      data-opens={onOpen !== undefined}
      aria-selected={isChosen}
      aria-rowindex={props.index + 1}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {isChosen !== undefined && (
        <td className={classes.select} data-select>
          <SelectRow id={id} name={rowName(row)} isChosen={isChosen} onToggle={onToggle} />
        </td>
      )}
      {cells}
      {verbs && (
        <td className={classes.verbs}>
          <RowVerbs name={rowName(row)} verbs={verbs(row)} />
        </td>
      )}
    </tr>
  )
}
