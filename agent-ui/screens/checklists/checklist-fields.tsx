import { ActionIcon, Button, CloseButton, Group, Text, TextInput, Textarea } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import type { ChecklistContent } from '#contract/casework/guidance.ts'
import type { DraftForm } from '../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { nextStepId } from '../../state/checklist-step.ts'

interface FieldsProps {
  form: DraftForm<ChecklistContent>['form']
  category: string
}

/** The words of a checklist in both languages; which values a field takes is not changed here. */
export function ChecklistFields({ form, category }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Group grow align="flex-start">
        <TextInput label={t('checklists.nameVi')} {...form.getInputProps('name.vi')} />
        <TextInput label={t('checklists.nameEn')} {...form.getInputProps('name.en')} />
      </Group>
      <Steps form={form} category={category} />
      <Group grow align="flex-start">
        <Textarea label={t('checklists.escalateVi')} {...form.getInputProps('escalate.vi')} />
        <Textarea label={t('checklists.escalateEn')} {...form.getInputProps('escalate.en')} />
      </Group>
      <Text fw={600} size="sm">
        {t('checklists.fields')}
      </Text>
      {form.values.fields.map(({ id }, index) => (
        <Group key={id} grow align="flex-start">
          <TextInput
            label={t('checklists.fieldVi', { id })}
            {...form.getInputProps(`fields.${index}.label.vi`)}
          />
          <TextInput
            label={t('checklists.fieldEn', { id })}
            {...form.getInputProps(`fields.${index}.label.en`)}
          />
        </Group>
      ))}
    </>
  )
}

function Steps({ form, category }: FieldsProps) {
  const { t } = useTranslation()
  const { steps } = form.values
  return (
    <>
      {steps.map(({ id }, index) => (
        <Group key={id} gap="xs" align="flex-end" wrap="nowrap">
          <Textarea
            flex={1}
            label={t('checklists.stepVi', { number: index + 1 })}
            {...form.getInputProps(`steps.${index}.text.vi`)}
          />
          <Textarea
            flex={1}
            label={t('checklists.stepEn', { number: index + 1 })}
            {...form.getInputProps(`steps.${index}.text.en`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={index === 0}
            aria-label={t('checklists.up', { number: index + 1 })}
            onClick={() => form.reorderListItem('steps', { from: index, to: index - 1 })}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <CloseButton
            disabled={steps.length === 1}
            aria-label={t('checklists.removeStep', { number: index + 1 })}
            onClick={() => form.removeListItem('steps', index)}
          />
        </Group>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        onClick={() =>
          form.insertListItem('steps', {
            id: nextStepId(
              category,
              steps.map(({ id }) => id),
            ),
            text: { vi: '', en: '' },
          })
        }
      >
        {t('checklists.addStep')}
      </Button>
    </>
  )
}
