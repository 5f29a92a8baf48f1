import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Attachment } from '#contract/casework/attachments.ts'
import type { Ticket } from '#contract/tickets.ts'
import { AskFirst } from '../../../components/ask-first.tsx'
import { notifyDone, notifyFailure } from '../../../components/failure.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
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
    <AskFirst
      title={t('files.remove')}
      text={t('files.removeAsk', { name: file.name })}
      isBusy={remove.isPending}
      onYes={() => remove.mutate()}
      onClose={onClose}
    />
  )
}
