import { NativeSelect, Stack, Text } from '@mantine/core'
import { missedRule, missedRules } from '#contract/casework/missed.ts'
import type { MissedRules, MissedRulesView } from '#contract/casework/missed.ts'
import { api } from '../../api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { SettingsButtons } from './settings-buttons.tsx'
import { useSaveSettings } from './use-save-settings.ts'

/** The queue under which calls past the queues are kept. */
const DIRECT = 'direct'

/** Which missed callers are called back, queue by queue. */
export function MissedForm({ settings }: { settings: MissedRulesView }) {
  const { t } = useTranslation()
  const { version, ...initial } = settings
  const save = useSaveSettings({
    key: queries.missedRules().queryKey,
    save: api.saveMissedRules,
    onSaved: () => draft.clear(),
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm<MissedRules>({
    key: 'settings.missed',
    schema: missedRules,
    initial,
    onSubmit: (values) => save.mutate({ ...values, version }),
  })
  const choices = missedRule.options.map((value) => ({
    value,
    label: t(`settings.missedRules.${value}`),
  }))
  return (
    <form {...draft.props} aria-label={t('settings.missed')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('settings.missedHint')}
        </Text>
        {settings.rules.map(({ queue }, index) => (
          <NativeSelect
            key={queue}
            label={queue === DIRECT ? t('missed.direct') : queue}
            data={choices}
            {...draft.form.getInputProps(`rules.${index}.rule`)}
          />
        ))}
        <SettingsButtons draft={draft} isSaving={save.isPending} />
      </Stack>
    </form>
  )
}
