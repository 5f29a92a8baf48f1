import { Button, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Attachment } from '#contract/casework/attachments.ts'
import type { Ticket } from '#contract/tickets.ts'
import { notifyDone, notifyFailure } from '../../../components/failure.tsx'
import { queries, refresh } from '../../../queries.ts'
import { filesApi } from '../../../ticket-files-api.ts'

interface RemoveProps {
  file: Attachment
  ticket: Ticket
  onClose: () => void
}

/** Nothing brings a removed file back: it is asked for. */
export function RemoveFile({ file, ticket, onClose }: RemoveProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => filesApi.removeFile(file.id),
    onSuccess: () => notifyDone(t('files.removed', { name: file.name })),
    onError: notifyFailure,
    onSettled: () => {
      refresh(client, queries.ticket(ticket.id).queryKey)
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('files.remove')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Text size="sm" className="wrap-anywhere">
        {t('files.removeAsk', { name: file.name })}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common.cancel')}
        </Button>
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('files.remove')}
        </Button>
      </Group>
    </Modal>
  )
}
