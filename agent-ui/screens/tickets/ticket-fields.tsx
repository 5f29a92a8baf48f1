import { Group, NativeSelect, TextInput } from '@mantine/core'
import { memo, useRef } from 'react'
import type { Ref } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { useAction } from '../../actions.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import type { TicketDraft } from '../../state/ticket-draft.ts'
import { useWantedFocus } from '../../wanted.ts'
import { ticketKind, ticketPriority } from './ticket-options.ts'
import { WordsArea } from '../../components/words-area/words-area.tsx'

interface FieldsProps {
  ticket: Ticket
  draft: TicketDraft
  onEdit: (change: Partial<TicketDraft>) => void
}

/** What the matter is, in words. Who may not edit reads `TicketReading` instead. */
export function TicketFields({ ticket, draft, onEdit }: FieldsProps) {
  const { t } = useTranslation()
  const hint =
    ticket.subjectIsMade && ticket.subject !== ''
      ? t('ticket.madeSubject', { subject: ticket.subject })
      : t('ticket.subjectHint')
  const subject = useRef<HTMLInputElement>(null)
  useWantedFocus(ticket.id, () => giveKeyboard(subject.current))
  useAction({
    id: 'ticket.fields',
    keys: 'Alt+T',
    label: t('shortcuts.fields'),
    run: () => giveKeyboard(subject.current),
  })
  return <Fields subject={subject} hint={hint} draft={draft} onEdit={onEdit} />
}

interface DraftFieldsProps extends Omit<FieldsProps, 'ticket'> {
  subject: Ref<HTMLInputElement>
  hint: string
}

/** Drawn anew only when the words change: fields are dear, and the ticket of a call comes under them. */
const Fields = memo(function Fields({ subject, hint, draft, onEdit }: DraftFieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        ref={subject}
        label={t('ticket.subject')}
        placeholder={hint}
        maxLength={200}
        value={draft.subject}
        onChange={(event) => onEdit({ subject: event.currentTarget.value })}
      />
      <WordsArea
        label={t('ticket.description')}
        placeholder={t('ticket.descriptionHint')}
        maxLength={10_000}
        rows={3}
        value={draft.description}
        onChange={(event) => onEdit({ description: event.currentTarget.value })}
      />
      <Group grow gap="xs">
        <Choice
          label={t('ticket.kind')}
          value={draft.kind}
          options={ticketKind}
          textOf={(value) => t(`kind.${value}`)}
          onChoose={(kind) => onEdit({ kind })}
        />
        <Choice
          label={t('ticket.priority')}
          value={draft.priority}
          options={ticketPriority}
          textOf={(value) => t(`priority.${value}`)}
          onChoose={(priority) => onEdit({ priority })}
        />
      </Group>
    </>
  )
})

interface ChoiceProps<V extends string> {
  label: string
  value: V
  options: readonly V[]
  textOf: (value: V) => string
  onChoose: (value: V) => void
}

/** A native select of known words. */
export function Choice<V extends string>(props: ChoiceProps<V>) {
  const { label, value, options, textOf, onChoose } = props
  return (
    <NativeSelect
      label={label}
      value={value}
      data={options.map((option) => ({ value: option, label: textOf(option) }))}
      onChange={(event) => {
        const chosen = options.find((option) => option === event.currentTarget.value)
        if (chosen !== undefined) onChoose(chosen)
      }}
    />
  )
}

/** Moves the page no further than the field needs: what is to be read in the first second stays in view. */
function giveKeyboard(field: HTMLElement | null): void {
  field?.focus({ preventScroll: true })
  // with the frame: before it the page would be laid out once more for it
  requestAnimationFrame(() => field?.scrollIntoView({ block: 'nearest' }))
}
