import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { webhookOrder } from '#contract/supervision/alarms.ts'
import type { WebhookView } from '#contract/supervision/alarms.ts'
import { alarmsApi as api } from '../../alarms-api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { LoadFailed, Loading, notifyFailure } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { SettingsButtons } from '../settings/settings-buttons.tsx'
import { useSaveSettings } from '../settings/use-save-settings.ts'

/** Where alarms are told outside of the house; for administrators. */
export function WebhookPanel() {
  const { t } = useTranslation()
  const query = useQuery(queries.alarmWebhook())
  return (
    <Panel title={t('alarms.webhook.title')}>
      {query.isPending && <Loading rows={2} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && <WebhookForm webhook={query.data} />}
    </Panel>
  )
}

const SCHEMA = webhookOrder.omit({ version: true })

function WebhookForm({ webhook }: { webhook: WebhookView }) {
  const { t } = useTranslation()
  const [secret, setSecret] = useState<string | null>(null)
  const { url, allowPrivate, version, hasSecret } = webhook
  const save = useSaveSettings({
    key: queries.alarmWebhook().queryKey,
    save: api.saveAlarmWebhook,
    done: t('alarms.webhook.saved'),
    onSaved: () => draft.clear(),
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm({
    key: 'settings.alarm-webhook',
    schema: SCHEMA,
    initial: { url, allowPrivate, renewSecret: false },
    onSubmit: (values) =>
      save.mutate({ ...values, version }, { onSuccess: (saved) => setSecret(saved.secret) }),
  })
  const { form } = draft
  return (
    <form {...draft.props} aria-label={t('alarms.webhook.title')}>
      <Stack gap="sm" maw={720}>
        <Text size="sm" c="dimmed">
          {t('alarms.webhook.hint')}
        </Text>
        <TextInput
          label={t('alarms.webhook.url')}
          description={t('alarms.webhook.urlHint')}
          type="url"
          maxLength={500}
          {...form.getInputProps('url')}
        />
        <Checkbox
          label={t('alarms.webhook.allowPrivate')}
          {...form.getInputProps('allowPrivate', { type: 'checkbox' })}
        />
        {hasSecret && (
          <Checkbox
            label={t('alarms.webhook.renew')}
            {...form.getInputProps('renewSecret', { type: 'checkbox' })}
          />
        )}
        {secret !== null && <NewSecret secret={secret} />}
        <Group gap="xs">
          <SettingsButtons draft={draft} isSaving={save.isPending} />
          {url !== '' && !draft.isChanged && <TestButton />}
        </Group>
        {webhook.pending > 0 && webhook.lastError !== null && (
          <Text size="sm" role="status">
            {t('alarms.webhook.pending', { count: webhook.pending, reason: webhook.lastError })}
          </Text>
        )}
      </Stack>
    </form>
  )
}

function NewSecret({ secret }: { secret: string }) {
  const { t } = useTranslation()
  return (
    <Alert color="sea" variant="outline" title={t('alarms.webhook.secret')}>
      <Text ff="monospace" className="wrap-anywhere" data-testid="webhook-secret">
        {secret}
      </Text>
    </Alert>
  )
}

function TestButton() {
  const { t } = useTranslation()
  const test = useMutation({ mutationFn: api.testAlarmWebhook, onError: notifyFailure })
  return (
    <>
      <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        {t('alarms.webhook.test')}
      </Button>
      <Text size="sm" role="status">
        {test.data?.ok === true && t('alarms.webhook.tested')}
        {test.data?.ok === false &&
          t('alarms.webhook.failed', { problem: test.data.problem ?? '' })}
      </Text>
    </>
  )
}
