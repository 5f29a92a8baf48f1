import { Group, NumberInput, Stack, Text } from '@mantine/core'
import { clockSettings } from '#contract/casework/clocks.ts'
import type { ClockSettings, ClockSettingsView } from '#contract/casework/clocks.ts'
import { api } from '../../api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { SettingsButtons } from './settings-buttons.tsx'
import { useSaveSettings } from './use-save-settings.ts'

export function RestorationForm({ settings }: { settings: ClockSettingsView }) {
  const { t } = useTranslation()
  const { version, ...initial } = settings
  const save = useSaveSettings({
    key: queries.clockSettings().queryKey,
    save: api.saveClockSettings,
    onSaved: () => draft.clear(),
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm<ClockSettings>({
    key: 'settings.clocks',
    schema: clockSettings,
    initial,
    onSubmit: (values) => save.mutate({ ...values, version }),
  })
  return (
    <form {...draft.props} aria-label={t('settings.restoration')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('settings.restorationHint')}
        </Text>
        <Group grow align="flex-start">
          <NumberInput
            label={t('settings.urban')}
            allowDecimal={false}
            {...draft.form.getInputProps('restorationUrbanHours')}
          />
          <NumberInput
            label={t('settings.rural')}
            allowDecimal={false}
            {...draft.form.getInputProps('restorationRuralHours')}
          />
        </Group>
        <SettingsButtons draft={draft} isSaving={save.isPending} />
      </Stack>
    </form>
  )
}
