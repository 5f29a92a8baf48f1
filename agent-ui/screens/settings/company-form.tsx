import { Group, Stack, Text, TextInput } from '@mantine/core'
import { company as companySchema } from '#contract/casework/receipts.ts'
import type { Company, CompanyView } from '#contract/casework/receipts.ts'
import { api } from '../../api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { SettingsButtons } from './settings-buttons.tsx'
import { useSaveSettings } from './use-save-settings.ts'

/** Who we are on the receipt slip. */
export function CompanyForm({ company }: { company: CompanyView }) {
  const { t } = useTranslation()
  const { version, ...initial } = company
  const save = useSaveSettings({
    key: queries.company().queryKey,
    save: api.saveCompany,
    onSaved: () => draft.clear(),
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm<Company>({
    key: 'settings.company',
    schema: companySchema,
    initial,
    onSubmit: (entry) => save.mutate({ ...entry, version }),
  })
  const line = (field: keyof Company) => (
    <TextInput label={t(`settings.${field}`)} {...draft.form.getInputProps(field)} />
  )
  return (
    <form {...draft.props} aria-label={t('settings.company')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('settings.companyHint')}
        </Text>
        {line('name')}
        {line('address')}
        <Group grow align="flex-start">
          {line('hotline')}
          {line('email')}
          {line('taxCode')}
        </Group>
        <SettingsButtons draft={draft} isSaving={save.isPending} />
      </Stack>
    </form>
  )
}
