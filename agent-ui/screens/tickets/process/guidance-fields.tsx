import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { ChecklistField } from '#contract/casework/guidance.ts'
import type { DraftForm } from '../../../components/draft-form/use-draft-form.ts'
import { Facts } from '../../../components/facts.tsx'
import { useSaid } from '../../../components/said.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import type { GuidanceDraft } from '../../../state/guidance.ts'
import classes from './process.module.css'

type Form = DraftForm<GuidanceDraft>['form']

interface FieldsProps {
  fields: readonly ChecklistField[]
  form: Form
  readOnly: boolean
}

/** What is written down while guiding, each with its kind and unit. */
export function GuidanceFields({ fields, form, readOnly }: FieldsProps) {
  const { t } = useTranslation()
  const said = useSaid()
  if (fields.length === 0) return null
  if (readOnly) {
    return (
      <Facts
        rows={fields.map((field) => [
          said(field.label),
          shownOf(field, form.values.fields[field.id]),
        ])}
      />
    )
  }
  return (
    <div className={classes.fields} role="group" aria-label={t('guidance.fields')}>
      {fields.map((field) => (
        <GuidanceField key={field.id} field={field} form={form} />
      ))}
    </div>
  )
  function shownOf(field: ChecklistField, value: string | boolean | undefined): string | null {
    if (value === undefined || value === '' || value === false) return null
    if (value === true) return t('yesNo.yes')
    const option =
      field.type === 'choice' ? field.options.find(({ id }) => id === value) : undefined
    return option ? said(option.label) : value
  }
}

function GuidanceField({ field, form }: { field: ChecklistField; form: Form }) {
  const { t } = useTranslation()
  const said = useSaid()
  const name = `fields.${field.id}`
  const label = said(field.label)
  switch (field.type) {
    case 'flag':
      return <Checkbox label={label} {...form.getInputProps(name, { type: 'checkbox' })} />
    case 'choice':
      return (
        <NativeSelect
          label={label}
          data={[
            { value: '', label: t('process.choose') },
            ...field.options.map((option) => ({ value: option.id, label: said(option.label) })),
          ]}
          {...form.getInputProps(name)}
        />
      )
    case 'number':
      return (
        <TextInput
          label={field.unit === '' ? label : `${label} (${field.unit})`}
          inputMode="decimal"
          {...form.getInputProps(name)}
        />
      )
    case 'instant':
      return (
        <TextInput label={label} placeholder="28/11/2026 14:30" {...form.getInputProps(name)} />
      )
    case 'date':
      return <TextInput label={label} type="date" {...form.getInputProps(name)} />
    case 'text':
      return <TextInput label={label} maxLength={field.maxLength} {...form.getInputProps(name)} />
    default:
      return field satisfies never
  }
}
