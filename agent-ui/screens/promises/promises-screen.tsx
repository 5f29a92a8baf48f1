import { Group, NativeSelect, SegmentedControl, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { PromiseCounts } from '#contract/callbacks.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatNumber } from '../../state/local-time.ts'
import {
  listQuery,
  PROMISE_STATES,
  promiseSearch,
  type PromiseShown,
  seesAll,
  whoseQuery,
} from '../../state/promise-search.ts'
import { PromiseCard } from './promise-card.tsx'
import { promiseColumns } from './promise-columns.tsx'
import { PromiseFigures } from './promise-figures.tsx'
import { usePromiseVerbs } from './use-promise-verbs.tsx'

/** The ledger of promises: what is due, at risk and late, by whom, and how many were kept. */
export function PromisesScreen() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/promises' })
  const navigate = useNavigate()
  const { by } = search
  return (
    <>
      <Title order={1} mb="xs">
        {t('ledger.title')}
      </Title>
      <Filters />
      <SavedViews
        list="promises"
        search={search}
        onPick={(kept) => void navigate({ to: '/promises', search: promiseSearch(kept) })}
      />
      {by === undefined ? <PromiseTable /> : <PromiseFigures by={by} />}
    </>
  )
}

function PromiseTable() {
  const { t } = useTranslation()
  const user = useUser()
  const search = useSearch({ from: '/shell/promises' })
  const { state = 'open' } = search
  const query = useInfiniteQuery(queries.promiseList(listQuery(user, search)))
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const columns = useMemo(() => promiseColumns(t, state), [t, state])
  const navigate = useNavigate()
  const { verbs, dialog } = usePromiseVerbs()
  return (
    <>
      <DataList
        label={t('ledger.title')}
        source={query}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ ticket, number }) => ticket?.code ?? number.display}
        columns={columns}
        verbs={verbs}
        card={(row) => <PromiseCard promise={row} />}
        onOpen={({ ticket }) =>
          ticket && void navigate({ to: '/tickets/$ticketId', params: { ticketId: ticket.id } })
        }
        empty={{ title: t(`ledger.empty.${state}`) }}
      />
      {dialog}
    </>
  )
}

/** Whose promises, and which of them; the figures are of the same people. */
function Filters() {
  const { t } = useTranslation()
  const user = useUser()
  const navigate = useNavigate({ from: '/promises' })
  const search = useSearch({ from: '/shell/promises' })
  const counts = useQuery(queries.promiseCounts(whoseQuery(user, search)))
  const shown = search.by === undefined ? (search.state ?? 'open') : 'figures'
  const choices = [...PROMISE_STATES, 'figures' as const].map((value) => ({
    value,
    label: `${t(`ledger.states.${value}`)} ${countOf(value, counts.data)}`.trim(),
  }))
  return (
    <Group gap="xs" mb="xs">
      {seesAll(user) ? <AgentFilter /> : <ScopeFilter />}
      <SegmentedControl
        size="xs"
        aria-label={t('ledger.state')}
        value={shown}
        data={choices}
        onChange={(value) => {
          const state = PROMISE_STATES.find((known) => known === value)
          void navigate({
            search: ({ scope, agent }) => ({
              ...(scope === undefined ? {} : { scope }),
              ...(agent === undefined ? {} : { agent }),
              ...(state === undefined ? { by: 'agent' as const } : { state }),
            }),
          })
        }}
      />
    </Group>
  )
}

function countOf(shown: PromiseShown | 'figures', counts: PromiseCounts | undefined): string {
  if (counts === undefined || shown === 'all' || shown === 'figures') return ''
  return formatNumber(shown === 'at_risk' ? counts.atRisk : counts[shown])
}

function ScopeFilter() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/promises' })
  const { scope } = useSearch({ from: '/shell/promises' })
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('ledger.whose')}
      value={scope ?? 'mine'}
      data={(['mine', 'team'] as const).map((value) => ({
        value,
        label: t(`ledger.scopes.${value}`),
      }))}
      onChange={(value) =>
        void navigate({
          search: (before) =>
            promiseSearch({ ...before, scope: value === 'team' ? value : undefined }),
        })
      }
    />
  )
}

function AgentFilter() {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/promises' })
  const { agent } = useSearch({ from: '/shell/promises' })
  const people = useQuery(queries.promiseAssignees())
  return (
    <NativeSelect
      size="xs"
      aria-label={t('ledger.keeper')}
      value={agent ?? ''}
      data={[
        { value: '', label: t('ledger.everybody') },
        ...(people.data?.items ?? []).map(({ id, displayName }) => ({
          value: id,
          label: displayName,
        })),
      ]}
      onChange={({ currentTarget: { value } }) =>
        void navigate({
          search: (before) => promiseSearch({ ...before, agent: value }),
        })
      }
    />
  )
}
