import { Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import type { Ticket } from '#contract/tickets.ts'
import { api } from '../../../api.ts'
import { FormButtons } from '../../../components/draft-form/form-buttons.tsx'
import { OtherDraft } from '../../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import {
  GIVEN_KINDS,
  channelsOf,
  newReply,
  replyInput,
  replySchema,
  withKind,
} from '../../../state/replies.ts'
import { useNoteReply } from '../replies/use-note-reply.ts'
import { WordsArea } from '../../../components/words-area/words-area.tsx'

interface ReplyFormProps {
  ticket: Ticket
  onClose: () => void
}

/** An answer, or a try, that no machine saw. */
export function ReplyForm({ ticket, onClose }: ReplyFormProps) {
  const { t } = useTranslation()
  const done = () => {
    draft.clear()
    onClose()
  }
  const add = useNoteReply(t('replies.added'), done, (error) => draft.refuse(error))
  const draft = useDraftForm({
    key: `reply.${ticket.id}`,
    schema: replySchema,
    initial: newReply(ticket),
    onSubmit: (entry) => {
      if (!add.isPending) add.mutate(() => api.addEvidence(ticket.id, replyInput(entry)))
    },
  })
  const { form } = draft
  const { kind } = form.values
  return (
    <form
      {...draft.props}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        else draft.props.onKeyDown(event)
      }}
      aria-label={t('replies.add')}
    >
      <Stack gap="xs">
        <OtherDraft draftKey={draft.key} />
        <Group grow gap="xs" align="flex-start">
          <NativeSelect
            size="xs"
            label={t('replies.what')}
            autoFocus
            data={GIVEN_KINDS.map((value) => ({ value, label: t(`replies.kind.${value}`) }))}
            value={kind}
            onChange={(event) => {
              const chosen = GIVEN_KINDS.find((one) => one === event.currentTarget.value)
              if (chosen) form.setValues(withKind(form.values, chosen))
            }}
          />
          <NativeSelect
            size="xs"
            label={t('replies.channel')}
            data={channelsOf(kind).map((value) => ({ value, label: t(`channel.${value}`) }))}
            {...form.getInputProps('channel')}
          />
        </Group>
        <Group grow gap="xs" align="flex-start">
          <TextInput
            size="xs"
            label={t('replies.at')}
            placeholder={`28/11/2026 14:30 (${t('replies.atHint')})`}
            {...form.getInputProps('at')}
          />
          <TextInput
            size="xs"
            label={t(`replies.referenceOf.${kind}`)}
            {...form.getInputProps('reference')}
          />
        </Group>
        <WordsArea size="xs" label={t('replies.note')} rows={3} {...form.getInputProps('note')} />
        <FormButtons submit={t('replies.add')} isSaving={add.isPending} onCancel={onClose} />
      </Stack>
    </form>
  )
}
