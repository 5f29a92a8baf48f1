import { Group, SegmentedControl, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import type { PromiseFigure } from '#contract/callbacks.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatDate, formatNumber, localDay } from '../../state/local-time.ts'
import {
  FIGURE_DAYS,
  FIGURES_BY,
  type FiguresBy,
  figureId,
  whoseQuery,
} from '../../state/promise-search.ts'
import { useCoarseNow } from '../../ticker.ts'

const DAY_MS = 24 * 3_600_000

/** "Promises kept %" by person, team or day. */
export function PromiseFigures({ by }: { by: FiguresBy }) {
  const { t } = useTranslation()
  const user = useUser()
  const navigate = useNavigate({ from: '/promises' })
  const search = useSearch({ from: '/shell/promises' })
  const { days = 1 } = search
  const now = useCoarseNow()
  const dates = { from: localDay(now - (days - 1) * DAY_MS), to: localDay(now) }
  const query = useQuery(queries.promiseFigures({ ...whoseQuery(user, search), ...dates, by }))
  const columns = useMemo(() => figureColumns(t, by), [t, by])
  const percent = query.data?.total.keptPercent ?? null
  return (
    <>
      <Group gap="xs" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('ledger.by')}
          value={by}
          data={FIGURES_BY.map((value) => ({ value, label: t(`ledger.figuresBy.${value}`) }))}
          onChange={(value) => {
            const chosen = FIGURES_BY.find((known) => known === value) ?? by
            void navigate({ search: (before) => ({ ...before, by: chosen }) })
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('ledger.period')}
          value={String(days)}
          data={FIGURE_DAYS.map((count) => ({
            value: String(count),
            label: t('ledger.days', { count }),
          }))}
          onChange={(value) =>
            void navigate({ search: (before) => ({ ...before, days: Number(value) }) })
          }
        />
        <Text size="sm" role="status">
          {t('ledger.keptPercent', { percent: percent === null ? '–' : formatNumber(percent) })}
        </Text>
      </Group>
      <DataList
        label={t('ledger.figures')}
        source={query}
        rows={query.data?.items ?? []}
        rowId={figureId}
        rowName={(row) => nameOf(t, row)}
        columns={columns}
        empty={{ title: t('ledger.noFigures') }}
      />
    </>
  )
}

function nameOf(t: TFunction, { agent, team, day }: PromiseFigure): string {
  if (day !== null) return formatDate(`${day}T00:00:00.000Z`)
  if (team !== null) return t(`teamKind.${team}`)
  return agent?.displayName ?? t('ledger.nobody')
}

function figureColumns(t: TFunction, by: FiguresBy): readonly ListColumn<PromiseFigure>[] {
  const count = (id: 'kept' | 'late' | 'broken' | 'superseded' | 'cancelled') => ({
    id,
    title: t(`ledger.verdicts.${id}`),
    width: 104,
    align: 'end' as const,
    cell: (row: PromiseFigure) => <span className="numeric">{formatNumber(row[id])}</span>,
  })
  return [
    { id: 'name', title: t(`ledger.figuresBy.${by}`), cell: (row) => nameOf(t, row) },
    {
      id: 'keptPercent',
      title: t('ledger.keptShort'),
      width: 104,
      align: 'end',
      cell: ({ keptPercent }) => (
        <span className="numeric">
          {keptPercent === null ? t('common.none') : `${formatNumber(keptPercent)} %`}
        </span>
      ),
    },
    count('kept'),
    count('late'),
    count('broken'),
    count('superseded'),
    count('cancelled'),
  ]
}
