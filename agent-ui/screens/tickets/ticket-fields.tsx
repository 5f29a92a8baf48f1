import { Group, NativeSelect, TextInput, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TicketDraft } from '../../state/ticket-draft.ts'
import { ticketKind, ticketPriority } from './ticket-options.ts'

interface FieldsProps {
  draft: TicketDraft
  readOnly: boolean
  onEdit: (change: Partial<TicketDraft>) => void
}

export function TicketFields({ draft, readOnly, onEdit }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('ticket.subject')}
        placeholder={readOnly ? '' : t('ticket.subjectHint')}
        maxLength={200}
        readOnly={readOnly}
        value={draft.subject}
        onChange={(event) => onEdit({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t('ticket.description')}
        placeholder={readOnly ? '' : t('ticket.descriptionHint')}
        maxLength={10_000}
        rows={4}
        readOnly={readOnly}
        value={draft.description}
        onChange={(event) => onEdit({ description: event.currentTarget.value })}
      />
      <Group grow gap="xs">
        <Choice
          label={t('ticket.kind')}
          readOnly={readOnly}
          value={draft.kind}
          options={ticketKind}
          textOf={(value) => t(`kind.${value}`)}
          onChoose={(kind) => onEdit({ kind })}
        />
        <Choice
          label={t('ticket.priority')}
          readOnly={readOnly}
          value={draft.priority}
          options={ticketPriority}
          textOf={(value) => t(`priority.${value}`)}
          onChoose={(priority) => onEdit({ priority })}
        />
      </Group>
    </>
  )
}

interface ChoiceProps<V extends string> {
  label: string
  readOnly: boolean
  value: V
  options: readonly V[]
  textOf: (value: V) => string
  onChoose: (value: V) => void
}

/** A native select; who may only read sees plain readable text instead of a greyed control. */
function Choice<V extends string>(props: ChoiceProps<V>) {
  const { label, readOnly, value, options, textOf, onChoose } = props
  if (readOnly) return <TextInput label={label} readOnly value={textOf(value)} />
  return (
    <NativeSelect
      label={label}
      value={value}
      data={options.map((option) => ({ value: option, label: textOf(option) }))}
      onChange={(event) => {
        const chosen = options.find((option) => option === event.currentTarget.value)
        if (chosen) onChoose(chosen)
      }}
    />
  )
}
