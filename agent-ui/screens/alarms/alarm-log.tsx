import { Group, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { alarmMeasure, alarmSeverity } from '#contract/supervision/alarms.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { alarmName, alarmSearch } from '../../state/alarms.ts'
import { alarmColumns } from './alarm-columns.tsx'

/** Everything that rang, the newest first. */
export function AlarmLog() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/shell/alarms' })
  const query = useInfiniteQuery(queries.alarmLog(search))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useMemo(() => alarmColumns(t), [t])
  return (
    <Panel title={t('alarms.log')} flush aside={<LogFilters />}>
      <DataList
        label={t('alarms.log')}
        source={query}
        rows={rows}
        rowId={({ id }) => id}
        rowName={(alarm) => alarmName(t, alarm)}
        columns={columns}
        empty={{ title: t('alarms.logEmpty') }}
      />
    </Panel>
  )
}

function LogFilters() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/alarms' })
  const all = { value: '', label: t('alarms.all') }
  const filters = [
    {
      name: 'state',
      label: t('alarms.state'),
      data: (['open', 'ended'] as const).map((value) => ({
        value,
        label: t(`alarms.states.${value}`),
      })),
    },
    {
      name: 'measure',
      label: t('alarms.what'),
      data: alarmMeasure.options.map((value) => ({ value, label: t(`alarms.measure.${value}`) })),
    },
    {
      name: 'severity',
      label: t('alarms.severityLabel'),
      data: alarmSeverity.options.map((value) => ({ value, label: t(`alarms.severity.${value}`) })),
    },
  ] as const
  return (
    <Group gap="xs">
      {filters.map(({ name, label, data }) => (
        <NativeSelect
          key={name}
          size="xs"
          aria-label={label}
          value={search[name] ?? ''}
          data={[{ ...all, label: `${label}: ${all.label}` }, ...data]}
          onChange={(event) => {
            const chosen = alarmSearch({ ...search, [name]: event.currentTarget.value })
            void navigate({ to: '/alarms', search: chosen, replace: true })
          }}
        />
      ))}
    </Group>
  )
}
