import { SegmentedControl, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DataList } from '../../components/data-list/data-list.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { queries } from '../../queries.ts'
import { callListQuery, CALLS_SHOWN, callSearch } from '../../state/call-search.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { callColumns } from './call-columns.tsx'

/** History: every call, with or without a ticket. */
export function CallsScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/calls' })
  const { direction } = search
  const query = useInfiniteQuery(queries.callList(callListQuery(search)))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useMemo(() => callColumns(t), [t])
  return (
    <>
      <Title order={1} mb="xs">
        {t('calls.title')}
      </Title>
      <SegmentedControl
        mb="sm"
        aria-label={t('calls.filter')}
        value={direction ?? 'all'}
        data={[undefined, ...CALLS_SHOWN].map((value) => ({
          value: value ?? 'all',
          label: t(`calls.${value ?? 'all'}`),
        }))}
        onChange={(value) => {
          const chosen = CALLS_SHOWN.find((known) => known === value)
          void navigate({ to: '/calls', search: chosen ? { direction: chosen } : {} })
        }}
      />
      <SavedViews
        list="calls"
        search={search}
        onPick={(kept) => void navigate({ to: '/calls', search: callSearch(kept) })}
      />
      <DataList
        label={t('calls.title')}
        source={query}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => formatDateTime(row.enteredAt)}
        columns={columns}
        onOpen={(row) => void navigate({ to: '/calls/$callId', params: { callId: row.id } })}
        empty={{ title: t('calls.empty') }}
      />
    </>
  )
}
