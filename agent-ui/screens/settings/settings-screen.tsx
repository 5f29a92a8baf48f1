import { Anchor, Group, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { CallbacksForm } from './callbacks-form.tsx'
import { CompanyForm } from './company-form.tsx'
import { MissedForm } from './missed-form.tsx'
import { RestorationForm } from './restoration-form.tsx'
import { SteeringForm } from './steering-form.tsx'

/** What administrators set of the process: callbacks, missed callers, restoration hours, our address. */
export function SettingsScreen() {
  const { t } = useTranslation()
  const clocks = useQuery(queries.clockSettings())
  const callbacks = useQuery(queries.callbackSettings())
  const missed = useQuery(queries.missedRules())
  const steering = useQuery(queries.steeringSettings())
  const company = useQuery(queries.company())
  return (
    <>
      <Group justify="space-between" mb="sm" maw={720}>
        <Title order={1}>{t('settings.title')}</Title>
        <Anchor component={Link} to="/text-modules" size="sm" underline="always">
          {t('textModules.title')} →
        </Anchor>
      </Group>
      <Stack gap="sm" maw={720}>
        <Section title={t('settings.callbacks')} query={callbacks}>
          {(settings) => <CallbacksForm settings={settings} />}
        </Section>
        <Section title={t('settings.restoration')} query={clocks}>
          {(settings) => <RestorationForm settings={settings} />}
        </Section>
        <Section title={t('settings.missed')} query={missed}>
          {(settings) => <MissedForm settings={settings} />}
        </Section>
        <Section title={t('steering.title')} query={steering}>
          {(settings) => <SteeringForm settings={settings} />}
        </Section>
        <Section title={t('settings.company')} query={company}>
          {(settings) => <CompanyForm company={settings} />}
        </Section>
      </Stack>
    </>
  )
}

interface SectionProps<T> {
  title: string
  query: UseQueryResult<T>
  children: (settings: T) => ReactNode
}

function Section<T>({ title, query, children }: SectionProps<T>) {
  return (
    <Panel title={title}>
      {query.isPending && <Loading rows={2} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && children(query.data)}
    </Panel>
  )
}
