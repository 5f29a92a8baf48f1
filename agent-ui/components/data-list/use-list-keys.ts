import { useState } from 'react'
import type { RefObject } from 'react'
import { useActions } from '../../actions.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import type { DataListProps } from './list-types.ts'

interface ListKeys<Row> extends Pick<DataListProps<Row>, 'rowId' | 'verbs'> {
  shown: readonly Row[]
  list: RefObject<HTMLElement | null>
  /** Brings a row onto the screen that is not drawn now. */
  reveal: (index: number) => void
  /** Chooses the row that has the focus, or lets it go. */
  onToggle?: (row: Row) => void
}

/** j and k walk the rows, the keys of verbs work on the row that has the focus. */
export function useListKeys<Row>(keys: ListKeys<Row>) {
  const { shown, rowId, verbs, list, reveal, onToggle } = keys
  const { t } = useTranslation()
  const [currentId, setCurrentId] = useState<string | null>(null)
  const index = currentId === null ? -1 : shown.findIndex((row) => rowId(row) === currentId)
  const current = shown[index]
  const go = (next: number) => {
    const at = Math.max(0, Math.min(shown.length - 1, next))
    const row = shown[at]
    if (row === undefined) return
    const id = rowId(row)
    setCurrentId(id)
    reveal(at)
    requestAnimationFrame(() => focusRow(list.current, id))
  }
  useActions([
    { id: 'list.next', keys: 'j', label: t('list.next'), run: () => go(index + 1) },
    { id: 'list.previous', keys: 'k', label: t('list.previous'), run: () => go(index - 1) },
    {
      id: 'list.select',
      keys: 'x',
      label: t('list.toggle'),
      when: onToggle !== undefined,
      run: () => current !== undefined && onToggle?.(current),
    },
    ...(current === undefined ? [] : (verbs?.(current) ?? [])).flatMap((verb) =>
      verb.key === undefined
        ? []
        : [{ id: `row.${verb.id}`, keys: verb.key, label: verb.label, run: verb.run }],
    ),
  ])
  return { currentId, setCurrentId, go }
}

function focusRow(list: HTMLElement | null, id: string): void {
  const row = list?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}
