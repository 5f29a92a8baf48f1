import { Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ticketHandBack } from '#contract/casework/teams.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'
import { WordsArea } from '../../components/words-area/words-area.tsx'

interface HandBackProps {
  row: TicketRow
  onClose: () => void
}

const reasonOnly = ticketHandBack.pick({ reason: true })

/** Gives a ticket back to its team, with why. */
export function HandBackDialog({ row, onClose }: HandBackProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const give = useMutation({
    mutationFn: (reason: string) => api.handBackTicket(row.id, row.version, reason),
    onSuccess: () => {
      draft.clear()
      notifyDone(t('work.handedBack', { code: row.code }))
      onClose()
    },
    onError: (error) => draft.refuse(error),
    onSettled: () => refresh(client, KEYS.teams),
  })
  const draft = useDraftForm({
    key: `hand-back.${row.id}`,
    schema: reasonOnly,
    initial: { reason: '' },
    onSubmit: ({ reason }) => give.mutate(reason.trim()),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t('work.handBack')}: ${row.code}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form {...draft.props} aria-label={t('work.handBack')}>
        <Stack gap="sm">
          <WordsArea
            label={t('work.handBackReason')}
            data-autofocus
            {...draft.form.getInputProps('reason')}
          />
          <FormButtons submit={t('work.handBack')} isSaving={give.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  )
}
