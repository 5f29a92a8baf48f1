import { Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { ListedCall } from '#contract/calls.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { callBackOrder } from '../../state/call-back.ts'
import { callListQuery, callSearch, isNarrowed } from '../../state/call-search.ts'
import { formatDateTime, localDay } from '../../state/local-time.ts'
import { usePlaceCall } from '../work/use-place-call.ts'
import { callColumns } from './call-columns.tsx'
import { CallFilters } from './call-filters.tsx'

/** History: every call, with or without a ticket. */
export function CallsScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/calls' })
  const today = localDay(Date.now())
  const query = useInfiniteQuery(queries.callList(callListQuery(search, today)))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useMemo(() => callColumns(t), [t])
  const verbs = useCallVerbs()
  const isComplete = query.data?.pages.every(({ complete }) => complete) ?? true
  return (
    <>
      <Title order={1} mb="xs">
        {t('calls.title')}
      </Title>
      <CallFilters search={search} />
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
        rowName={({ number, enteredAt }) => `${number.display} ${formatDateTime(enteredAt)}`}
        columns={columns}
        verbs={verbs}
        verbsWidth={64}
        onOpen={(row) => void navigate({ to: '/calls/$callId', params: { callId: row.id } })}
        empty={
          isNarrowed(search)
            ? { title: t('calls.noneFound'), text: t('tickets.emptyHint') }
            : { title: t('calls.empty') }
        }
        foot={isComplete ? undefined : t('calls.incomplete')}
      />
    </>
  )
}

/** Who called is called from the row. */
function useCallVerbs(): (row: ListedCall) => readonly RowVerb[] {
  const { t } = useTranslation()
  const { place } = usePlaceCall()
  return (row) => {
    const order = callBackOrder(row)
    if (order === null) return []
    const run = () => place(order)
    return [{ id: 'call', label: t('calls.call'), key: 'd', main: true, needs: 'pbx', run }]
  }
}
