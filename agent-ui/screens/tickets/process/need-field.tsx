import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ActionNeed } from '#contract/casework/process.ts'
import type { DraftForm } from '../../../components/draft-form/use-draft-form.ts'
import { hasText } from '../../../i18n/known-text.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { vi } from '../../../i18n/vi.ts'
import { queries } from '../../../queries.ts'
import { outageChoices } from '../../../state/outage-entry.ts'
import type { NeedValues } from '../../../state/action-input.ts'
import { WordsArea } from '../../../components/words-area/words-area.tsx'

interface NeedProps {
  need: ActionNeed
  form: DraftForm<NeedValues>['form']
  hasFocus: boolean
  /** Whose people can be named. */
  teamKind: string
}

/** One field that an action asks for, drawn from what the service says about it. */
export function NeedField({ need, form, hasFocus, teamKind }: NeedProps) {
  const { t } = useTranslation()
  const { name, type, required, options } = need
  const label = hasText(vi.need, name) ? t(`need.${name}`) : name
  const common = { label, withAsterisk: required, 'data-autofocus': hasFocus || undefined }
  const input = form.getInputProps(name)
  switch (type) {
    case 'flag':
      return <Checkbox label={label} {...form.getInputProps(name, { type: 'checkbox' })} />
    case 'choice':
      return (
        <NativeSelect
          {...common}
          data={[{ value: '', label: t('process.choose') }, ...options.map(choice)]}
          {...input}
        />
      )
    case 'long_text':
      return <WordsArea {...common} rows={2} {...input} />
    case 'staff':
      return <StaffField {...common} teamKind={teamKind} input={input} />
    case 'instant':
      return <TextInput {...common} placeholder="28/11/2026 14:30" {...input} />
    case 'date':
      return <TextInput {...common} type="date" {...input} />
    case 'number':
      return <TextInput {...common} inputMode="decimal" {...input} />
    case 'ticket':
      if (name === 'outageId') return <OutageField {...common} input={input} />
      return <TextInput {...common} placeholder={t('process.chooseTicket')} {...input} />
    case 'text':
      return <TextInput {...common} {...input} />
    default:
      return type satisfies never
  }
  function choice(value: string) {
    if (hasText(vi.category, value)) return { value, label: t(`category.${value}`) }
    return { value, label: hasText(vi.choice, value) ? t(`choice.${value}`) : value }
  }
}

interface OutageFieldProps {
  label: string
  withAsterisk: boolean
  input: object
}

/** The outages that are open. */
function OutageField({ input, ...common }: OutageFieldProps) {
  const { t } = useTranslation()
  const outages = useQuery(queries.outages('open'))
  return (
    <NativeSelect
      {...common}
      data={[
        { value: '', label: t('process.choose') },
        ...outageChoices(outages.data?.items ?? []),
      ]}
      {...input}
    />
  )
}

interface StaffFieldProps {
  label: string
  withAsterisk: boolean
  teamKind: string
  input: object
}

/** The people of the team that has the ticket. */
function StaffField({ teamKind, input, ...common }: StaffFieldProps) {
  const { t } = useTranslation()
  const teams = useQuery(queries.teams())
  const people = new Map(
    (teams.data?.items ?? [])
      .filter(({ kind, active }) => kind === teamKind && active)
      .flatMap(({ members }) => members.map((member) => [member.id, member.displayName])),
  )
  return (
    <NativeSelect
      {...common}
      data={[
        { value: '', label: t('process.chooseStaff') },
        ...[...people].map(([value, label]) => ({ value, label })),
      ]}
      {...input}
    />
  )
}
