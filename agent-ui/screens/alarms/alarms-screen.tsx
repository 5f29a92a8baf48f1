import { Stack, Title } from '@mantine/core'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUser } from '../../session.ts'
import { AlarmLog } from './alarm-log.tsx'
import { AlarmRules } from './alarm-rules.tsx'
import { OpenAlarms } from './open-alarms.tsx'
import { WebhookPanel } from './webhook-panel.tsx'

/** What rings now, what rang, by which thresholds, and where else it is told. */
export function AlarmsScreen() {
  const { t } = useTranslation()
  const { role } = useUser()
  return (
    <Stack gap="sm">
      <Title order={1}>{t('alarms.title')}</Title>
      <OpenAlarms />
      <AlarmRules />
      {role === 'admin' && <WebhookPanel />}
      <AlarmLog />
    </Stack>
  )
}
