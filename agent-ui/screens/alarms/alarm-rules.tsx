import { Button, Modal } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import type { AlarmRule } from '#contract/supervision/alarms.ts'
import { alarmsApi as api } from '../../alarms-api.ts'
import { AskFirst } from '../../components/ask-first.tsx'
import { DataList } from '../../components/data-list/data-list.tsx'
import type { ListColumn, RowVerb } from '../../components/data-list/list-types.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { alarmName } from '../../state/alarms.ts'
import { formatNumber } from '../../state/local-time.ts'
import { Severity } from './alarm-columns.tsx'
import { RuleForm } from './rule-form.tsx'

function ruleColumns(t: TFunction): readonly ListColumn<AlarmRule>[] {
  const level = ({ measure }: AlarmRule, value: number) =>
    t(`alarms.unit.${measure}`, { value: formatNumber(value) })
  return [
    {
      id: 'severity',
      title: t('alarms.severityLabel'),
      width: 150,
      cell: (rule) => <Severity severity={rule.severity} />,
    },
    {
      id: 'what',
      title: t('alarms.rule.measure'),
      cell: (rule) => <strong>{alarmName(t, rule)}</strong>,
    },
    {
      id: 'threshold',
      title: t('alarms.rule.threshold'),
      width: 130,
      cell: (rule) => level(rule, rule.threshold),
    },
    {
      id: 'clear',
      title: t('alarms.rule.clearAt'),
      width: 130,
      cell: (rule) => level(rule, rule.clearAt),
    },
    {
      id: 'quiet',
      title: t('alarms.rule.quietHours'),
      width: 180,
      cell: ({ quietFrom, quietTo }) =>
        quietFrom === null ? '–' : t('alarms.rule.quiet', { from: quietFrom, to: quietTo ?? '' }),
    },
    {
      id: 'active',
      title: t('alarms.state'),
      width: 110,
      cell: ({ active }) => (
        <Tone tone={active ? 'ok' : 'calm'}>
          {t(active ? 'alarms.rule.on' : 'alarms.rule.off')}
        </Tone>
      ),
    },
  ]
}

/** The thresholds, and changing them. */
export function AlarmRules() {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<AlarmRule | 'new' | null>(null)
  const [leaving, setLeaving] = useState<AlarmRule | null>(null)
  const query = useQuery(queries.alarmRules())
  const columns = useMemo(() => ruleColumns(t), [t])
  const verbs = (rule: AlarmRule): RowVerb[] => [
    { id: 'edit', label: t('alarms.rule.edit'), key: 'e', main: true, run: () => setEditing(rule) },
    { id: 'delete', label: t('alarms.rule.delete'), run: () => setLeaving(rule) },
  ]
  const close = () => setEditing(null)
  return (
    <Panel
      title={t('alarms.rules')}
      flush
      aside={
        <Button
          size="compact-xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setEditing('new')}
        >
          {t('alarms.rule.add')}
        </Button>
      }
    >
      <DataList
        label={t('alarms.rules')}
        source={query}
        rows={query.data?.items ?? []}
        rowId={({ id }) => id}
        rowName={(rule) => alarmName(t, rule)}
        columns={columns}
        verbs={verbs}
        onOpen={setEditing}
        empty={{ title: t('alarms.rule.empty'), text: t('alarms.rule.emptyText') }}
      />
      <Modal
        opened={editing !== null}
        onClose={close}
        size="lg"
        title={t(editing === 'new' ? 'alarms.rule.add' : 'alarms.rule.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {editing !== null && <RuleForm rule={editing === 'new' ? null : editing} onDone={close} />}
      </Modal>
      {leaving !== null && <Deletion rule={leaving} onClose={() => setLeaving(null)} />}
    </Panel>
  )
}

function Deletion({ rule, onClose }: { rule: AlarmRule; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.deleteAlarmRule(rule.id),
    onSuccess: () => notifyDone(t('alarms.rule.deleted')),
    onError: notifyFailure,
    onSettled: () => {
      onClose()
      refresh(client, KEYS.alarms)
    },
  })
  return (
    <AskFirst
      title={t('alarms.rule.delete')}
      text={t('alarms.rule.sure', { what: alarmName(t, rule) })}
      isBusy={remove.isPending}
      onYes={() => remove.mutate()}
      onClose={onClose}
    />
  )
}
