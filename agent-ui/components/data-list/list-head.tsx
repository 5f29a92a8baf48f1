import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { sortStep } from '../../state/list-sort.ts'
import { SelectAll } from './list-selection.tsx'
import type { ListColumn, ListSelection } from './list-types.ts'
import classes from './data-list.module.css'

interface HeadProps<Row> {
  columns: readonly ListColumn<Row>[]
  hasVerbs: boolean
  verbsWidth: number | undefined
  selection: ListSelection | undefined
  /** How many rows there are, and the ids of all of them, for the selection. */
  count: number
  rowIds: () => readonly string[]
  sort: string | undefined
  /** Undefined when this list has one order only. */
  onSort: ((column: string) => void) | undefined
}

export function ListHead<Row>(props: HeadProps<Row>) {
  const { columns, hasVerbs, verbsWidth, selection, count, rowIds, sort, onSort } = props
  const { t } = useTranslation()
  const step = sortStep(sort)
  return (
    <thead>
      <tr>
        {selection && (
          <th scope="col" className={classes.select}>
            <SelectAll selection={selection} count={count} rowIds={rowIds} />
          </th>
        )}
        {columns.map(({ id, title, width, sortable, compare, align }) => {
          const mayOrder = onSort !== undefined && (sortable === true || compare !== undefined)
          const order = step?.id === id ? (step.desc ? 'descending' : 'ascending') : 'none'
          return (
            <th
              key={id}
              scope="col"
              style={{ width }}
              data-align={align}
              aria-sort={mayOrder ? order : undefined}
            >
              {mayOrder ? (
                <button type="button" className={classes.sort} onClick={() => onSort(id)}>
                  {title}
                  {order === 'ascending' && <IconArrowUp size={14} aria-hidden />}
                  {order === 'descending' && <IconArrowDown size={14} aria-hidden />}
                </button>
              ) : (
                title
              )}
            </th>
          )
        })}
        {hasVerbs && (
          <th scope="col" className={classes.verbs} style={{ width: verbsWidth }}>
            <span className={classes.unseen}>{t('common.actions')}</span>
          </th>
        )}
      </tr>
    </thead>
  )
}
