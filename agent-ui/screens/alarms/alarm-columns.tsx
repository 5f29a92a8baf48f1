import { IconAlertOctagon, IconAlertTriangle } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { Alarm } from '#contract/supervision/alarms.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { alarmName, SEVERITY_TONES } from '../../state/alarms.ts'
import { formatDateTime, formatNumber } from '../../state/local-time.ts'

export function Severity({ severity }: Pick<Alarm, 'severity'>) {
  const { t } = useTranslation()
  const Shape = severity === 'critical' ? IconAlertOctagon : IconAlertTriangle
  return (
    <Tone tone={SEVERITY_TONES[severity]} icon={<Shape size={14} aria-hidden />}>
      {t(`alarms.severity.${severity}`)}
    </Tone>
  )
}

/** Of open ones and of the log alike. */
export function alarmColumns(t: TFunction): readonly ListColumn<Alarm>[] {
  return [
    {
      id: 'severity',
      title: t('alarms.severityLabel'),
      width: 150,
      cell: (alarm) => <Severity severity={alarm.severity} />,
    },
    {
      id: 'what',
      title: t('alarms.what'),
      cell: (alarm) => <strong>{alarmName(t, alarm)}</strong>,
    },
    {
      id: 'worst',
      title: t('alarms.worst'),
      width: 120,
      cell: ({ measure, worst }) => t(`alarms.unit.${measure}`, { value: formatNumber(worst) }),
    },
    {
      id: 'since',
      title: t('alarms.since'),
      width: 160,
      cell: ({ openedAt }) => <span className="numeric">{formatDateTime(openedAt)}</span>,
    },
    {
      id: 'ended',
      title: t('alarms.ended'),
      width: 160,
      cell: ({ endedAt }) =>
        endedAt === null ? (
          t('alarms.states.open')
        ) : (
          <span className="numeric">{formatDateTime(endedAt)}</span>
        ),
    },
    {
      id: 'by',
      title: t('alarms.acknowledge'),
      width: 280,
      cell: ({ acknowledgedBy, acknowledgedAt }) =>
        acknowledgedAt === null
          ? t('alarms.nobody')
          : t('alarms.acknowledged', {
              name: acknowledgedBy?.displayName ?? '',
              time: formatDateTime(acknowledgedAt),
            }),
    },
  ]
}
