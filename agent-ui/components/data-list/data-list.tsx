import { useCallback, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { useLatest } from '../../latest.ts'
import { inOrder, nextSort } from '../../state/list-sort.ts'
import { Empty, LoadFailed, Loading } from '../failure.tsx'
import { MoreButton } from '../more-button.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { ListCards } from './list-cards.tsx'
import { ListHead } from './list-head.tsx'
import { ListRow } from './list-row.tsx'
import { SelectionBar, toggleRow } from './list-selection.tsx'
import { StaleNotice } from './stale-notice.tsx'
import type { DataListProps, ListSelection } from './list-types.ts'
import { mayHide, shownColumns, useColumnChoice } from './use-column-choice.ts'
import { useListKeys } from './use-list-keys.ts'
import { useNarrow } from './use-narrow.ts'
import { useRowWindow } from './use-row-window.ts'
import classes from './data-list.module.css'

/** Every list of the page: its states, its order, its keys, and what can be done to a row. */
export function DataList<Row>(props: DataListProps<Row>) {
  const { source, rows, columns, empty } = props
  if (source.isPending) return <Loading rows={8} />
  if (source.isError && rows.length === 0) {
    return <LoadFailed error={source.error} onRetry={() => void source.refetch()} />
  }
  return (
    <>
      {source.isError && <StaleNotice source={source} />}
      {rows.length === 0 ? (
        <Empty {...empty} />
      ) : (
        // a list of another kind has columns that were chosen for it
        <Rows key={columns.map(({ id }) => id).join()} {...props} />
      )}
    </>
  )
}

function Rows<Row>(props: DataListProps<Row>) {
  const { source, rows, columns, sort, card, selection } = props
  const own = useColumnChoice(columns)
  const choice = props.columnChoice ?? own
  const shown = useMemo(() => shownColumns(columns, choice.hidden), [columns, choice.hidden])
  // in the server's order, or in that of a column that compares its rows here
  const ordered = useMemo(() => inOrder(rows, columns, sort), [rows, columns, sort])
  const isNarrow = useNarrow()
  const isDim = source.isPlaceholderData === true
  return (
    <div className={isDim ? classes.dim : undefined} aria-busy={isDim}>
      {selection && <SelectionBar selection={selection} />}
      {isNarrow && card ? (
        <ListCards {...props} rows={ordered} card={card} />
      ) : (
        <ListTable
          key={shown.map(({ id }) => id).join()}
          {...props}
          rows={ordered}
          columns={shown}
          menu={columns.some(mayHide) ? <ColumnMenu columns={columns} choice={choice} /> : null}
        />
      )}
      <div className={classes.foot}>
        {props.foot}
        {source.fetchNextPage && (
          <MoreButton
            pages={{
              hasNextPage: source.hasNextPage === true,
              isFetchingNextPage: source.isFetchingNextPage === true,
              fetchNextPage: source.fetchNextPage,
            }}
          />
        )}
      </div>
    </div>
  )
}

function ListTable<Row>({ menu, ...props }: DataListProps<Row> & { menu: ReactNode }) {
  const { label, rows, rowId, columns, verbs, source, selection, sort, onSort } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const span = useRowWindow(rows.length, body, () => {
    if (source.hasNextPage === true && source.isFetchingNextPage !== true) {
      source.fetchNextPage?.()
    }
  })
  const keys = useListKeys({
    shown: rows,
    rowId,
    list: body,
    reveal: span.reveal,
    ...(verbs ? { verbs } : {}),
    ...(selection ? { onToggle: (row: Row) => toggleRow(selection, rowId(row)) } : {}),
  })
  const toggle = useToggle(selection)
  return (
    <table className={classes.table} aria-label={label} aria-rowcount={rows.length}>
      <ListHead
        columns={columns}
        hasVerbs={verbs !== undefined}
        menu={menu}
        verbsWidth={props.verbsWidth}
        selection={selection}
        rowIds={() => rows.map(rowId)}
        count={rows.length}
        sort={sort}
        onSort={onSort && ((column) => onSort(nextSort(sort, column)))}
      />
      <tbody ref={body}>
        {span.abovePx > 0 && <Gap px={span.abovePx} />}
        {rows.slice(span.from, span.to + 1).map((row, offset) => {
          const index = span.from + offset
          const id = rowId(row)
          return (
            <ListRow
              key={id}
              {...props}
              row={row}
              index={index}
              isCurrent={keys.currentId === null ? index === 0 : keys.currentId === id}
              onFocus={() => keys.setCurrentId(id)}
              onMove={(by) => keys.go(index + by)}
              onToggle={toggle}
            />
          )
        })}
        {span.belowPx > 0 && <Gap px={span.belowPx} />}
      </tbody>
    </table>
  )
}

/** Chooses a row of the selection as it is at the press. */
function useToggle(selection: ListSelection | undefined): (id: string) => void {
  const latest = useLatest(selection)
  return useCallback((id) => {
    if (latest.current) toggleRow(latest.current, id)
  }, [])
}

/** Stands for the rows that are not drawn. */
function Gap({ px }: { px: number }) {
  return (
    <tr aria-hidden className={classes.gap}>
      <td style={{ height: px }} />
    </tr>
  )
}
