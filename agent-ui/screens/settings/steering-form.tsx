import { Checkbox, Stack } from '@mantine/core'
import { steeringSettings } from '#contract/supervision/steering.ts'
import type { SteeringSettings, SteeringSettingsView } from '#contract/supervision/steering.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { steeringApi } from '../../steering-api.ts'
import { SettingsButtons } from './settings-buttons.tsx'
import { useSaveSettings } from './use-save-settings.ts'

/** Whether agents are told that a supervisor listens. */
export function SteeringForm({ settings }: { settings: SteeringSettingsView }) {
  const { t } = useTranslation()
  const { version, ...initial } = settings
  const save = useSaveSettings({
    key: queries.steeringSettings().queryKey,
    save: steeringApi.saveSettings,
    onSaved: () => draft.clear(),
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm<SteeringSettings>({
    key: 'settings.steering',
    schema: steeringSettings,
    initial,
    onSubmit: (values) => save.mutate({ ...values, version }),
  })
  return (
    <form {...draft.props} aria-label={t('steering.title')}>
      <Stack gap="sm">
        <Checkbox
          label={t('steering.told')}
          description={t('steering.toldHint')}
          {...draft.form.getInputProps('tellListened', { type: 'checkbox' })}
        />
        <SettingsButtons draft={draft} isSaving={save.isPending} />
      </Stack>
    </form>
  )
}
