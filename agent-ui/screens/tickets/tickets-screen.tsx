import { SegmentedControl, Table, Text, TextInput, Title } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { useUser } from '../../session.ts'
import { SCOPES, scopeQuery } from '../../state/ticket-search.ts'
import type { Scope } from '../../state/ticket-search.ts'
import { TicketTable } from './ticket-table.tsx'
import classes from './ticket.module.css'

const PAGE = 50

function useTickets(scope: Scope, q: string) {
  const user = useUser()
  return useInfiniteQuery({
    queryKey: ['tickets', 'list', scope, q],
    queryFn: ({ pageParam }) =>
      api.tickets({ ...scopeQuery(scope, user.id), q, limit: PAGE, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

export function TicketsScreen() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/tickets' })
  const scope = search.scope ?? 'open'
  const query = useTickets(scope, search.q ?? '')
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <Title order={1} mb="xs">
        {t('tickets.title')}
      </Title>
      <Filters scope={scope} q={search.q ?? ''} />
      {query.isPending && <Loading rows={8} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && (
        <Empty title={t('tickets.empty')} text={t('tickets.emptyHint')} />
      )}
      {rows.length > 0 && (
        <Table.ScrollContainer minWidth={540}>
          <TicketTable rows={rows} />
        </Table.ScrollContainer>
      )}
      {rows.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('tickets.count', { count: rows.length })} <MoreButton pages={query} />
        </Text>
      )}
    </>
  )
}

function Filters({ scope, q }: { scope: Scope; q: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/tickets' })
  const [typed, setTyped] = useState(q)
  const [wanted] = useDebouncedValue(typed.normalize('NFC').trim(), 250)
  useEffect(() => {
    void navigate({
      to: '/tickets',
      search: (before) => ({
        ...(before.scope ? { scope: before.scope } : {}),
        ...(wanted ? { q: wanted } : {}),
      }),
      replace: true,
    })
  }, [wanted, navigate])
  return (
    <div className={classes.filters} role="search">
      <TextInput
        className={classes.search ?? ''}
        type="search"
        aria-label={t('tickets.search')}
        placeholder={t('tickets.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        data-shortcut="search"
        autoFocus
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label={t('tickets.scope')}
        size="sm"
        value={scope}
        data={SCOPES.map((value) => ({ value, label: t(`tickets.${value}`) }))}
        onChange={(value) =>
          void navigate({
            to: '/tickets',
            search: (before) => ({ ...(before.q ? { q: before.q } : {}), scope: value }),
          })
        }
      />
    </div>
  )
}
