import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Alarm } from '#contract/supervision/alarms.ts'
import { alarmsApi as api } from '../../alarms-api.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { RowVerb } from '../../components/data-list/list-types.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { alarmName } from '../../state/alarms.ts'
import { alarmColumns } from './alarm-columns.tsx'

/** What rings now; whoever takes care of one says so by a key. */
export function OpenAlarms() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(queries.openAlarms())
  const columns = useMemo(() => alarmColumns(t).filter(({ id }) => id !== 'ended'), [t])
  const acknowledge = useMutation({
    mutationFn: ({ id }: Alarm) => api.acknowledgeAlarm(id),
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.alarms),
  })
  const verbs = (alarm: Alarm): RowVerb[] =>
    alarm.acknowledgedAt !== null
      ? []
      : [
          {
            id: 'acknowledge',
            label: t('alarms.acknowledge'),
            key: 'n',
            main: true,
            needs: 'service',
            run: () => acknowledge.mutate(alarm),
          },
        ]
  return (
    <Panel title={t('alarms.open')} flush>
      <DataList
        label={t('alarms.open')}
        source={query}
        rows={query.data?.items ?? []}
        rowId={({ id }) => id}
        rowName={(alarm) => alarmName(t, alarm)}
        columns={columns}
        verbs={verbs}
        empty={{ title: t('alarms.none'), text: t('alarms.noneText') }}
      />
    </Panel>
  )
}
