import { SegmentedControl, Table, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { CallTable } from './call-table.tsx'

const DIRECTIONS = ['all', 'inbound', 'callback'] as const
const PAGE = 50

/** History: every call, with or without a ticket. */
export function CallsScreen() {
  const { t } = useTranslation()
  const [direction, setDirection] = useState<(typeof DIRECTIONS)[number]>('all')
  const query = useInfiniteQuery({
    queryKey: ['calls', direction],
    queryFn: ({ pageParam }) =>
      api.calls({
        direction: direction === 'all' ? undefined : direction,
        limit: PAGE,
        cursor: pageParam,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <Title order={1} mb="xs">
        {t('calls.title')}
      </Title>
      <SegmentedControl
        mb="sm"
        aria-label={t('calls.filter')}
        value={direction}
        data={DIRECTIONS.map((value) => ({ value, label: t(`calls.${value}`) }))}
        onChange={setDirection}
      />
      {query.isPending && <Loading rows={8} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && <Empty title={t('calls.empty')} />}
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={720}>
          <CallTable rows={rows} />
        </Table.ScrollContainer>
      )}
      <MoreButton pages={query} mt="xs" />
    </>
  )
}
