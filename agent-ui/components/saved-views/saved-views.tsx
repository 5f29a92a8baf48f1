import { ActionIcon, Button } from '@mantine/core'
import { IconBookmarkPlus, IconPencil, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SavedView, ViewList } from '#contract/casework/views.ts'
import { useActions, useKeysOf } from '../../actions.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatNumber } from '../../state/local-time.ts'
import { keptSearch, nextView, shownView } from '../../state/saved-views.ts'
import { ViewDialog } from './view-dialog.tsx'
import classes from './saved-views.module.css'

interface SavedViewsProps {
  list: ViewList
  /** What the address of the list says now. */
  search: object
  /** Goes to the address that a view keeps. */
  onPick: (search: Record<string, string>) => void
}

const NONE: readonly SavedView[] = []

/** By id: after a conflict the dialog goes on with the newest row. */
type Edited = { id: string } | 'new' | null

/** The filters of a list under their names, with how many open tickets are in each. */
export function SavedViews({ list, search, onPick }: SavedViewsProps) {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<Edited>(null)
  const views = useQuery(queries.views(list)).data?.items ?? NONE
  const now = keptSearch(search)
  const shown = shownView(views, now)
  const next = nextView(views, shown)
  const isUnnamed = shown === undefined && Object.keys(now).length > 0
  useViewKeys({ next, onPick, onSave: isUnnamed ? () => setEdited('new') : null })
  const saveKeys = useKeysOf('views.save')
  const changed =
    edited === null || edited === 'new' ? undefined : views.find(({ id }) => id === edited.id)
  return (
    <div className={classes.bar} role="group" aria-label={t('savedViews.title')}>
      {views.map((view) => (
        <Chip key={view.id} view={view} isShown={view.id === shown?.id} onPick={onPick} />
      ))}
      {shown?.mayChange && (
        <ActionIcon
          size="md"
          variant="subtle"
          color="gray"
          aria-label={t('savedViews.edit', { name: shown.name })}
          title={t('savedViews.edit', { name: shown.name })}
          onClick={() => setEdited({ id: shown.id })}
        >
          <IconPencil size={16} aria-hidden />
        </ActionIcon>
      )}
      {isUnnamed && (
        <Button
          size="compact-sm"
          variant="subtle"
          title={saveKeys}
          leftSection={<IconBookmarkPlus size={16} aria-hidden />}
          onClick={() => setEdited('new')}
        >
          {t('savedViews.save')}
        </Button>
      )}
      {(edited === 'new' || changed) && (
        <ViewDialog
          list={list}
          search={now}
          views={views}
          view={changed ?? null}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  )
}

interface ViewKeys extends Pick<SavedViewsProps, 'onPick'> {
  next: SavedView | undefined
  /** Null while there is nothing to keep. */
  onSave: (() => void) | null
}

/** One key keeps the filters of now, one goes through what is kept. */
function useViewKeys({ next, onPick, onSave }: ViewKeys): void {
  const { t } = useTranslation()
  useActions([
    {
      id: 'views.save',
      keys: 'b',
      label: t('savedViews.save'),
      when: onSave !== null,
      run: () => onSave?.(),
    },
    {
      id: 'views.next',
      keys: 'v',
      label: t('savedViews.next'),
      when: next !== undefined,
      run: () => next && onPick(next.search),
    },
  ])
}

interface ChipProps {
  view: SavedView
  isShown: boolean
  onPick: SavedViewsProps['onPick']
}

function Chip({ view, isShown, onPick }: ChipProps) {
  const { t } = useTranslation()
  const { name, team, count, owner } = view
  const shared = team === null ? undefined : t('savedViews.sharedBy', { name: owner.displayName })
  return (
    <button
      type="button"
      className={classes.chip}
      aria-pressed={isShown}
      title={shared}
      onClick={() => onPick(view.search)}
    >
      {shared !== undefined && <IconUsers size={14} role="img" aria-label={shared} />}
      <span className={classes.name}>{name}</span>
      {count !== null && <span className={`${classes.count} numeric`}>{formatNumber(count)}</span>}
    </button>
  )
}
