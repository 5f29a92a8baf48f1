import { Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { callbackSettings } from '#contract/casework/callback-settings.ts'
import type {
  CallbackSettings,
  CallbackSettingsView,
} from '#contract/casework/callback-settings.ts'
import { api } from '../../api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatShort } from '../../state/local-time.ts'
import { SettingsButtons } from './settings-buttons.tsx'
import { useSaveSettings } from './use-save-settings.ts'

/** Calls past the queues, among the rules of missed callers. */
const DIRECT = 'direct'

/** When and how often customers are called back. */
export function CallbacksForm({ settings }: { settings: CallbackSettingsView }) {
  const { t } = useTranslation()
  const { version, ...initial } = settings
  const save = useSaveSettings({
    key: queries.callbackSettings().queryKey,
    save: api.saveCallbackSettings,
    onSaved: () => draft.clear(),
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm<CallbackSettings>({
    key: 'settings.callbacks',
    schema: callbackSettings,
    initial,
    onSubmit: (values) => save.mutate({ ...values, version }),
  })
  const time = (field: 'hoursFrom' | 'hoursTo') => (
    <TextInput
      label={t(`settings.${field}`)}
      placeholder="07:00"
      {...draft.form.getInputProps(field)}
    />
  )
  const count = (field: 'delayMinutes' | 'retries') => (
    <NumberInput
      label={t(`settings.${field}`)}
      allowDecimal={false}
      {...draft.form.getInputProps(field)}
    />
  )
  return (
    <form {...draft.props} aria-label={t('settings.callbacks')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('settings.callbacksHint')}
        </Text>
        <Group grow align="flex-start">
          {time('hoursFrom')}
          {time('hoursTo')}
        </Group>
        <Group grow align="flex-start">
          {count('delayMinutes')}
          {count('retries')}
        </Group>
        <CustomerFirst
          queue={draft.form.values.customerFirstQueue}
          onChange={(queue) => draft.form.setFieldValue('customerFirstQueue', queue)}
        />
        <DialPreview settings={draft.form.values} />
        <SettingsButtons draft={draft} isSaving={save.isPending} />
      </Stack>
    </form>
  )
}

/** The queue of customers who are rung before an agent, and what that does to them. */
function CustomerFirst({
  queue,
  onChange,
}: {
  queue: string | null
  onChange: (queue: string | null) => void
}) {
  const { t } = useTranslation()
  const known = useQuery(queries.missedRules()).data?.rules.map((rule) => rule.queue) ?? []
  const queues = new Set([...known.filter((name) => name !== DIRECT), ...(queue ? [queue] : [])])
  const choices = [...queues].map((name) => ({ value: name, label: name }))
  return (
    <NativeSelect
      label={t('settings.customerFirst')}
      description={
        queue === null ? t('settings.agentFirstNow') : t('settings.customerFirstNow', { queue })
      }
      data={[{ value: '', label: t('settings.agentFirst') }, ...choices]}
      value={queue ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}

/** What the service would do with a promise made now under these settings, saved or not. */
function DialPreview({ settings }: { settings: CallbackSettings }) {
  const { t } = useTranslation()
  const preview = useQuery({
    ...queries.callbackPreview(settings),
    enabled: callbackSettings.safeParse(settings).success,
    placeholderData: keepPreviousData,
  })
  if (preview.data === undefined) return null
  const { at, dials } = preview.data
  const [first, ...more] = dials.map((dial) => formatShort(dial, Date.parse(at)))
  const again = more.length === 0 ? 'settings.previewNever' : 'settings.previewAgain'
  return (
    <Text size="sm" role="status" className="numeric">
      {t('settings.preview', { time: first })} {t(again, { times: more.join(', ') })}
    </Text>
  )
}
