import { Button, Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ListSelection } from './list-types.ts'
import classes from './data-list.module.css'

interface RowProps {
  selection: ListSelection
  id: string
  /** The row in words. */
  name: string
}

/** Chooses one row, or lets it go again. */
export function SelectRow({ selection, id, name }: RowProps) {
  const { t } = useTranslation()
  return (
    <Checkbox
      size="xs"
      aria-label={t('list.select', { name })}
      checked={selection.ids.has(id)}
      onChange={() => toggleRow(selection, id)}
    />
  )
}

/** All rows that are on the page, or none. */
export function SelectAll({
  selection,
  ids,
}: {
  selection: ListSelection
  ids: readonly string[]
}) {
  const { t } = useTranslation()
  const count = ids.filter((id) => selection.ids.has(id)).length
  const isAll = count === ids.length
  return (
    <Checkbox
      size="xs"
      aria-label={t('list.selectAll')}
      checked={isAll}
      indeterminate={count > 0 && !isAll}
      onChange={() => selection.onChange(new Set(isAll ? [] : ids))}
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
