import { Modal, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { CallbackView } from '#contract/callbacks.ts'
import type { MissedCaller } from '#contract/casework/missed.ts'
import { api } from '../../api.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { tell } from '../../live-store.ts'
import { KEYS, queries, refresh } from '../../queries.ts'
import { CancelPromise } from '../desk/promise-change.tsx'
import { MissedCard, missedColumns, missedName } from './missed-columns.tsx'

/** Callers whom nobody answered: dialled by themselves when somebody is free, or taken from here. */
export function MissedScreen() {
  const { t } = useTranslation()
  const query = useQuery(queries.missed())
  const columns = useMemo(() => missedColumns(t), [t])
  const [dropping, setDropping] = useState<CallbackView | null>(null)
  const { take, refreshList } = useTake()
  const close = () => {
    setDropping(null)
    refreshList()
  }
  const verbs = ({ promise }: MissedCaller): RowVerb[] => {
    if (promise === null || promise.status === 'dialing') return []
    return [
      { id: 'take', label: t('missed.take'), key: 'd', main: true, run: () => take(promise.id) },
      { id: 'drop', label: t('missed.drop'), key: 'x', run: () => setDropping(promise) },
    ]
  }
  return (
    <>
      <Title order={1} mb="sm">
        {t('missed.title')}
      </Title>
      <DataList
        label={t('missed.title')}
        source={query}
        rows={query.data?.items ?? []}
        rowId={({ callId }) => callId}
        rowName={(row) => missedName(row, t)}
        columns={columns}
        verbs={verbs}
        card={(row) => <MissedCard caller={row} />}
        empty={{ title: t('missed.empty'), text: t('missed.emptyHint') }}
      />
      <Modal
        opened={dropping !== null}
        onClose={close}
        title={t('missed.drop')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {dropping && <CancelPromise promise={dropping} onClose={close} />}
      </Modal>
    </>
  )
}

/** Dials for who presses it; what is theirs then is on their desk too. */
function useTake() {
  const client = useQueryClient()
  const refreshList = () => refresh(client, KEYS.missed)
  const dial = useMutation({
    mutationFn: api.dialNow,
    onSuccess: (callback) => tell({ type: 'callback_updated', callback }),
    onError: notifyFailure,
    onSettled: refreshList,
  })
  return { take: dial.mutate, refreshList }
}
