import { Button, Group, SegmentedControl, Title } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ColumnChoice, ListColumn } from '../../components/data-list/list-types.ts'
import { SearchField } from '../../components/search-field.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useSelection } from '../../components/data-list/use-selection.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { keepListSearch } from '../../list-address.ts'
import { queries } from '../../queries.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { useUser } from '../../session.ts'
import { formatNumber } from '../../state/local-time.ts'
import { mayRunOutages } from '../../state/outage-entry.ts'
import { SCOPES, isNarrowed, listQuery, ticketSearch } from '../../state/ticket-search.ts'
import type { Scope, TicketSearch } from '../../state/ticket-search.ts'
import { allTicketsSeen, showUnseenTickets, useUnseenTickets } from '../../ticket-lists.ts'
import { BulkActions } from './bulk-actions.tsx'
import { NewTicket } from './new-ticket.tsx'
import { TicketFilters } from './ticket-filters.tsx'
import { TicketCard } from './ticket-card.tsx'
import { ticketColumns } from './ticket-columns.tsx'
import classes from './ticket.module.css'

export function TicketsScreen() {
  const { t } = useTranslation()
  const user = useUser()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/tickets' })
  const scope = search.scope ?? 'open'
  useEffect(() => keepListSearch(search), [search])
  const query = useInfiniteQuery(queries.ticketList(listQuery(search, user.id)))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useTicketColumns()
  const selection = useSelection(rows, rowId)
  const maySelect = mayRunOutages(user.role)
  const order = useOrder(search)
  const columnChoice = useHidden(search)
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={1}>{t('tickets.title')}</Title>
        <NewTicket />
      </Group>
      <Filters scope={scope} q={search.q ?? ''} />
      <TicketFilters search={search} />
      <SavedViews
        list="tickets"
        search={search}
        onPick={(kept) => void navigate({ to: '/tickets', search: ticketSearch(kept) })}
      />
      <NewsBar isLong={(query.data?.pages.length ?? 0) > 1} />
      <DataList
        label={t('tickets.title')}
        source={query}
        rows={rows}
        rowId={rowId}
        rowName={(row) => row.code}
        columns={columns}
        columnChoice={columnChoice}
        {...order}
        {...(maySelect
          ? {
              selection: {
                ids: selection.ids,
                onChange: selection.choose,
                bar: <BulkActions rows={selection.chosen} onDone={selection.clear} />,
              },
            }
          : {})}
        card={(row) => <TicketCard row={row} />}
        onOpen={(row) => void navigate({ to: '/tickets/$ticketId', params: { ticketId: row.id } })}
        empty={
          isNarrowed(search)
            ? { title: t('tickets.empty'), text: t('tickets.emptyHint') }
            : { title: t(`tickets.noneOf.${scope}`) }
        }
        foot={t('tickets.count', { count: rows.length, shown: formatNumber(rows.length) })}
      />
    </>
  )
}

/** Code and subject are what the list is a list of. */
function useTicketColumns(): readonly ListColumn<TicketRow>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const { status, code, who, subject, assignee, receivedAt, dueAt } = ticketColumns(t)
    const stays = { always: true } as const
    return [
      status,
      { ...code, ...stays },
      who,
      { ...subject, ...stays },
      assignee,
      receivedAt,
      dueAt,
    ]
  }, [t])
}

/** What is found by words has an order of its own. */
function useOrder(search: TicketSearch) {
  const navigate = useNavigate()
  if (search.q !== undefined) return {}
  const onSort = (sort: string | undefined) =>
    void navigate({ to: '/tickets', search: ticketSearch({ ...search, sort }) })
  return { sort: search.sort, onSort }
}

/** The columns that are left out stand in the address, and so in a saved view. */
function useHidden(search: TicketSearch): ColumnChoice {
  const navigate = useNavigate()
  const hidden = useMemo(() => search.hide?.split(',') ?? [], [search.hide])
  const onHide = (hide: readonly string[]) =>
    void navigate({ to: '/tickets', search: ticketSearch({ ...search, hide: hide.join(',') }) })
  return { hidden, onHide }
}

function rowId({ id }: TicketRow): string {
  return id
}

/** A long list is never read again under the reader: it says that something changed. */
function NewsBar({ isLong }: { isLong: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const count = useUnseenTickets()
  useEffect(() => {
    if (!isLong) allTicketsSeen()
  }, [isLong, count])
  if (!isLong || count === 0) return null
  return (
    <Button
      className={classes.news ?? ''}
      size="xs"
      variant="light"
      fullWidth
      onClick={() => void showUnseenTickets(client)}
    >
      {t('list.news', { count })}
    </Button>
  )
}

function Filters({ scope, q }: { scope: Scope; q: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/tickets' })
  return (
    <div className={classes.filters} role="search">
      <SearchField
        id="tickets.search"
        label={t('tickets.search')}
        actionLabel={t('shortcuts.search')}
        className={classes.search}
        q={q}
        onSearch={(words) =>
          void navigate({
            to: '/tickets',
            search: (before) => ticketSearch({ ...before, q: words }),
            replace: true,
          })
        }
      />
      <SegmentedControl
        aria-label={t('tickets.scope')}
        size="sm"
        value={scope}
        data={SCOPES.map((value) => ({ value, label: t(`tickets.${value}`) }))}
        onChange={(value) =>
          void navigate({ to: '/tickets', search: (before) => ({ ...before, scope: value }) })
        }
      />
    </div>
  )
}
