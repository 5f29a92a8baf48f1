import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from '../../i18n/translation.tsx'
import { sortStep } from '../../state/list-sort.ts'
import { SelectAll } from './list-selection.tsx'
import type { ListColumn, ListSelection } from './list-types.ts'
import classes from './data-list.module.css'

interface HeadProps<Row> {
  columns: readonly ListColumn<Row>[]
  hasVerbs: boolean
  /** What chooses the columns, at the end of the row. */
  menu: ReactNode
  verbsWidth: number | undefined
  selection: ListSelection | undefined
  /** How many rows there are, and the ids of all of them, for the selection. */
  count: number
  rowIds: () => readonly string[]
  sort: string | undefined
  /** Undefined when this list has one order only. */
  onSort: ((column: string) => void) | undefined
}

/** The menu takes no room from the title. */
const MENU_PX = 28

function withMenu(width: number | undefined) {
  const room = { paddingRight: MENU_PX + 4 }
  return width === undefined ? room : { ...room, width: width + MENU_PX }
}

export function ListHead<Row>(props: HeadProps<Row>) {
  const { columns, hasVerbs, verbsWidth, menu, selection, count, rowIds, sort, onSort } = props
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
        {columns.map(({ id, title, width, sortable, compare, align }, index) => {
          const isLast = !hasVerbs && index === columns.length - 1
          const mayOrder = onSort !== undefined && (sortable === true || compare !== undefined)
          const order = step?.id === id ? (step.desc ? 'descending' : 'ascending') : 'none'
          return (
            <th
              key={id}
              scope="col"
              style={isLast && menu !== null ? withMenu(width) : { width }}
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
              {isLast && menu !== null && <span className={classes.menu}>{menu}</span>}
            </th>
          )
        })}
        {hasVerbs && (
          <th scope="col" className={classes.verbs} style={{ width: verbsWidth }}>
            <span className={classes.unseen}>{t('common.actions')}</span>
            {menu !== null && <span className={classes.menu}>{menu}</span>}
          </th>
        )}
      </tr>
    </thead>
  )
}
