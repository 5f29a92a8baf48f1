import { Group, NumberInput, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { outageSettings } from '#contract/casework/outages.ts'
import type { OutageSettings } from '#contract/casework/outages.ts'
import { api } from '../../api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { queries } from '../../queries.ts'
import { SettingsButtons } from './settings-buttons.tsx'
import { useSaveSettings } from './use-save-settings.ts'

export function OutageForm({ settings }: { settings: OutageSettings }) {
  const { t } = useTranslation()
  const save = useSaveSettings({
    key: queries.outageSettings().queryKey,
    save: api.saveOutageSettings,
    onSaved: () => draft.clear(),
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm<OutageSettings>({
    key: 'settings.outages',
    schema: outageSettings,
    initial: settings,
    onSubmit: (values) => save.mutate(values),
  })
  return (
    <form {...draft.props} aria-label={t('settings.outages')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('settings.outagesHint')}
        </Text>
        <Group grow align="flex-start">
          <NumberInput
            label={t('settings.callers')}
            allowDecimal={false}
            {...draft.form.getInputProps('callers')}
          />
          <NumberInput
            label={t('settings.minutes')}
            allowDecimal={false}
            {...draft.form.getInputProps('minutes')}
          />
        </Group>
        <SettingsButtons draft={draft} isSaving={save.isPending} />
      </Stack>
    </form>
  )
}
