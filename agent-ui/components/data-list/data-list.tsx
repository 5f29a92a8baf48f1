import { useMediaQuery } from '@mantine/hooks'
import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import type { ColumnDef } from '@tanstack/react-table'
import { useMemo, useRef } from 'react'
import { nextSort, sortStep } from '../../state/list-sort.ts'
import { Empty, LoadFailed, Loading } from '../failure.tsx'
import { MoreButton } from '../more-button.tsx'
import { ListCards } from './list-cards.tsx'
import { ListHead } from './list-head.tsx'
import { ListRow } from './list-row.tsx'
import { SelectionBar, toggleRow } from './list-selection.tsx'
import { StaleNotice } from './stale-notice.tsx'
import type { DataListProps, ListColumn } from './list-types.ts'
import { useListKeys } from './use-list-keys.ts'
import { useRowWindow } from './use-row-window.ts'
import classes from './data-list.module.css'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

/** Telephones: the width at which the frame itself becomes one column. */
const NARROW = '(max-width: 760px)'

/** Every list of the page: its states, its order, its keys, and what can be done to a row. */
export function DataList<Row>(props: DataListProps<Row>) {
  const { source, rows, empty } = props
  if (source.isPending) return <Loading rows={8} />
  if (source.isError && rows.length === 0) {
    return <LoadFailed error={source.error} onRetry={() => void source.refetch()} />
  }
  return (
    <>
      {source.isError && <StaleNotice source={source} />}
      {rows.length === 0 ? <Empty {...empty} /> : <Rows {...props} />}
    </>
  )
}

function Rows<Row>(props: DataListProps<Row>) {
  const { source, rows, columns, sort, card, selection } = props
  const ordered = useOrdered(rows, columns, sort)
  const isNarrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const isDim = source.isPlaceholderData === true
  return (
    <div className={isDim ? classes.dim : undefined} aria-busy={isDim}>
      {selection && <SelectionBar selection={selection} />}
      {isNarrow && card ? (
        <ListCards {...props} rows={ordered} card={card} />
      ) : (
        <ListTable key={columns.map(({ id }) => id).join()} {...props} rows={ordered} />
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

/** The table's rows are records; ours may be anything. */
interface Entry<Row> extends Record<string, unknown> {
  row: Row
}

/** In the server's order, or in that of a column that compares its rows here. */
function useOrdered<Row>(
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
  sort: string | undefined,
): readonly Row[] {
  const step = sortStep(sort)
  const column = columns.find(({ id }) => id === step?.id)
  const defs = useMemo(
    () =>
      columns.map(({ id, compare }): ColumnDef<typeof features, Entry<Row>> => ({
        id,
        accessorFn: ({ row }) => row,
        ...(compare ? { sortFn: (a, b) => compare(a.original.row, b.original.row) } : {}),
      })),
    [columns],
  )
  const data = useMemo(() => rows.map((row): Entry<Row> => ({ row })), [rows])
  const table = useTable({
    features,
    columns: defs,
    data,
    manualSorting: column?.compare === undefined,
    state: { sorting: step === null ? [] : [step] },
  })
  return table.getRowModel().rows.map(({ original }) => original.row)
}

function ListTable<Row>(props: DataListProps<Row>) {
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
  return (
    <table className={classes.table} aria-label={label} aria-rowcount={rows.length}>
      <ListHead
        columns={columns}
        hasVerbs={verbs !== undefined}
        selection={selection}
        ids={selection ? rows.map(rowId) : []}
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
            />
          )
        })}
        {span.belowPx > 0 && <Gap px={span.belowPx} />}
      </tbody>
    </table>
  )
}

/** Stands for the rows that are not drawn. */
function Gap({ px }: { px: number }) {
  return (
    <tr aria-hidden className={classes.gap}>
      <td style={{ height: px }} />
    </tr>
  )
}
