import { Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { replyChannel } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { api } from '../../../api.ts'
import { FormButtons } from '../../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../../components/draft-form/use-draft-form.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useNoteReply } from './use-note-reply.ts'
import classes from '../ticket.module.css'

interface ChannelFormProps {
  ticket: Ticket
  onClose: () => void
}

const CHANNELS = replyChannel.shape.channel.options
const agreement = replyChannel.omit({ version: true })

/** The customer agreed to be answered elsewhere than where they came from. */
export function ChannelForm({ ticket, onClose }: ChannelFormProps) {
  const { t } = useTranslation()
  const done = () => {
    draft.clear()
    onClose()
  }
  const agree = useNoteReply(t('replies.agreeDone'), done, (error) => draft.refuse(error))
  const draft = useDraftForm({
    key: `reply-channel.${ticket.id}`,
    schema: agreement,
    initial: { channel: ticket.replyChannel.channel, agreedBy: '' },
    onSubmit: (entry) => {
      if (agree.isPending) return
      agree.mutate(() => api.agreeChannel(ticket.id, { version: ticket.version, ...entry }))
    },
  })
  return (
    <form
      className={classes.promise}
      {...draft.props}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        else draft.props.onKeyDown(event)
      }}
      aria-label={t('replies.agree')}
    >
      <Stack gap="xs">
        <Group grow gap="xs" align="flex-start">
          <NativeSelect
            size="xs"
            label={t('replies.agreeChannel')}
            autoFocus
            data={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
            {...draft.form.getInputProps('channel')}
          />
          <TextInput
            size="xs"
            label={t('replies.agreedBy')}
            {...draft.form.getInputProps('agreedBy')}
          />
        </Group>
        <FormButtons submit={t('replies.agree')} isSaving={agree.isPending} onCancel={onClose} />
      </Stack>
    </form>
  )
}
