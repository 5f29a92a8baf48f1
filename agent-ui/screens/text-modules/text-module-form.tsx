import { Stack, TextInput, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { textModuleCreate } from '#contract/casework/text-modules.ts'
import type { TextModule, TextModuleCreate } from '#contract/casework/text-modules.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'

interface TextModuleFormProps {
  /** Null: a new one. */
  module: TextModule | null
  onDone: () => void
}

export function TextModuleForm({ module, onDone }: TextModuleFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (entry: TextModuleCreate) =>
      module
        ? api.saveTextModule(module.id, { version: module.version, ...entry })
        : api.addTextModule(entry),
    onSuccess: () => {
      draft.clear()
      notifyDone(t('textModules.saved'))
      onDone()
    },
    onError: (error) => draft.refuse(error),
    // after a conflict the newer text stands in the fields that nobody typed into here
    onSettled: () => refresh(client, KEYS.textModules),
  })
  const { name = '', title = '', text = '' } = module ?? {}
  const draft = useDraftForm({
    key: `text-module.${module?.id ?? 'new'}`,
    schema: textModuleCreate,
    initial: { name, title, text },
    onSubmit: (entry) => save.mutate(entry),
  })
  const { form } = draft
  return (
    <form {...draft.props} aria-label={t(module ? 'textModules.edit' : 'textModules.add')}>
      <Stack gap="sm">
        <TextInput
          label={t('textModules.name')}
          description={t('textModules.nameHint')}
          data-autofocus
          maxLength={30}
          {...form.getInputProps('name')}
        />
        <TextInput label={t('textModules.heading')} {...form.getInputProps('title')} />
        <Textarea
          label={t('textModules.text')}
          description={t('textModules.textHint')}
          {...form.getInputProps('text')}
        />
        <FormButtons isSaving={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  )
}
