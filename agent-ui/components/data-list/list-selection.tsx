import { Button } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from '../../i18n/translation.tsx'
import type { ListSelection } from './list-types.ts'
import classes from './data-list.module.css'

interface RowProps {
  id: string
  /** The row in words. */
  name: string
  isChosen: boolean
  /** The same function each time, so that the other rows stay as they are. */
  onToggle: (id: string) => void
}

/** Chooses one row, or lets it go again. A plain box: many come and go while a list is scrolled. */
export const SelectRow = memo(function SelectRow({ id, name, isChosen, onToggle }: RowProps) {
  const { t } = useTranslation()
  return (
    <input
      type="checkbox"
      className={classes.check}
      aria-label={t('list.select', { name })}
      checked={isChosen}
      onChange={() => onToggle(id)}
    />
  )
})

interface AllProps {
  selection: ListSelection
  count: number
  rowIds: () => readonly string[]
}

/** All rows that are on the page, or none. */
export function SelectAll({ selection, count, rowIds }: AllProps) {
  const { t } = useTranslation()
  const chosen = selection.ids.size
  const isAll = chosen === count
  return (
    <input
      type="checkbox"
      ref={(box) => {
        if (box) box.indeterminate = chosen > 0 && !isAll
      }}
      className={classes.check}
      aria-label={t('list.selectAll')}
      checked={isAll}
      onChange={() => selection.onChange(new Set(isAll ? [] : rowIds()))}
    />
  )
}

/** How many rows are chosen and what can be done to them; stays on the screen. */
export function SelectionBar({ selection }: { selection: ListSelection }) {
  const { t } = useTranslation()
  if (selection.ids.size === 0) return null
  return (
    <div className={classes.selected} role="region" aria-label={t('list.selection')}>
      <strong aria-live="polite">{t('list.selected', { count: selection.ids.size })}</strong>
      {selection.bar}
      <Button size="compact-sm" variant="subtle" onClick={() => selection.onChange(new Set())}>
        {t('list.clearSelection')}
      </Button>
    </div>
  )
}

export function toggleRow({ ids, onChange }: ListSelection, id: string): void {
  const changed = new Set(ids)
  if (!changed.delete(id)) changed.add(id)
  onChange(changed)
}
