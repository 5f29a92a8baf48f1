import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { QueryKey } from '@tanstack/react-query'
import { useTranslation } from '../../i18n/translation.tsx'
import { RequestFailed } from '../../request.ts'
import { notifyDone } from '../../components/failure.tsx'
import { refresh } from '../../queries.ts'

interface Saving<V, R> {
  key: QueryKey
  save: (values: V) => Promise<R>
  /** What is said when it is done; else that it was saved. */
  done?: string
  onSaved: () => void
  onRefused: (error: unknown) => void
}

/** Saves one form of settings; after a conflict the newer values are read. */
export function useSaveSettings<V, R>({ key, save, done, onSaved, onRefused }: Saving<V, R>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: save,
    onSuccess: (saved) => {
      onSaved()
      client.setQueryData(key, saved)
      notifyDone(done ?? t('settings.saved'))
    },
    onError: (error) => {
      if (error instanceof RequestFailed && error.kind === 'conflict') refresh(client, key)
      onRefused(error)
    },
  })
}
