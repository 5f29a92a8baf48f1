import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SavedView, ViewCreate, ViewList } from '#contract/casework/views.ts'
import { api } from '../../api.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { notifyDone, notifyFailure } from '../failure.tsx'

interface Order {
  /** Undefined: a new one. */
  replaced: SavedView | undefined
  list: ViewList
  kept: Pick<ViewCreate, 'name' | 'team'> & Partial<Pick<ViewCreate, 'search'>>
}

/** Keeps and deletes views; the dialog goes when it is done. */
export function useSaveView(list: ViewList, onDone: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const readAgain = () => void client.invalidateQueries(queries.views(list))
  const save = useMutation({
    mutationFn: ({ replaced, kept, ...of }: Order) =>
      replaced === undefined
        ? api.createView({ search: {}, ...kept, ...of })
        : api.changeView(replaced.id, { ...kept, version: replaced.version }),
    onSuccess: ({ name }) => {
      notifyDone(t('savedViews.saved', { name }))
      onDone()
    },
    onSettled: readAgain,
  })
  const remove = useMutation({
    mutationFn: ({ id }: SavedView) => api.deleteView(id),
    onSuccess: (_none, { name }) => {
      notifyDone(t('savedViews.removed', { name }))
      onDone()
    },
    onError: notifyFailure,
    onSettled: readAgain,
  })
  return { save, remove }
}
