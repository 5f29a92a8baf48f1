import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { intakeChannel } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { OtherDraft } from '../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { NEW_INTAKE, intakeInput, intakeSchema } from '../../state/intake.ts'
import type { Intake } from '../../state/intake.ts'
import { ticketKind } from './ticket-options.ts'
import { WordsArea } from '../../components/words-area/words-area.tsx'

/** A mail, a letter, somebody at the counter: the same process, opened by hand. */
export function NewTicket() {
  const { t } = useTranslation()
  const user = useUser()
  const [isOpen, setOpen] = useState(false)
  if (user.role === 'noc' || user.role === 'field') return null
  return (
    <>
      <Button
        size="xs"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('intake.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        size="lg"
        title={t('intake.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <IntakeForm onClose={() => setOpen(false)} />
      </Modal>
    </>
  )
}

function IntakeForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const open = useMutation({
    mutationFn: (intake: Intake) => api.openTicket(intakeInput(intake)),
    onSuccess: ({ id, code }) => {
      draft.clear()
      refresh(client, KEYS.tickets)
      notifyDone(t('intake.done', { code }))
      void navigate({ to: '/tickets/$ticketId', params: { ticketId: id } })
    },
    onError: (error) => draft.refuse(error),
  })
  const draft = useDraftForm({
    key: 'intake',
    schema: intakeSchema,
    initial: NEW_INTAKE,
    onSubmit: (intake) => open.mutate(intake),
  })
  const { form } = draft
  return (
    <form {...draft.props} aria-label={t('intake.title')}>
      <Stack gap="sm">
        <OtherDraft draftKey={draft.key} />
        <Group grow align="flex-start">
          <NativeSelect
            label={t('ticket.channel')}
            data={intakeChannel.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
            {...form.getInputProps('channel')}
          />
          <NativeSelect
            label={t('ticket.kind')}
            data={ticketKind.map((value) => ({ value, label: t(`kind.${value}`) }))}
            {...form.getInputProps('kind')}
          />
          <TextInput label={t('intake.number')} inputMode="tel" {...form.getInputProps('number')} />
        </Group>
        <TextInput label={t('ticket.subject')} {...form.getInputProps('subject')} />
        <WordsArea label={t('ticket.description')} {...form.getInputProps('description')} />
        <Group grow align="flex-start">
          <TextInput
            label={t('intake.receivedAt')}
            placeholder="28/11/2026 14:30"
            {...form.getInputProps('receivedAt')}
          />
          <TextInput label={t('intake.receivedReason')} {...form.getInputProps('receivedReason')} />
        </Group>
        <FormButtons submit={t('intake.open')} isSaving={open.isPending} onCancel={onClose} />
      </Stack>
    </form>
  )
}
