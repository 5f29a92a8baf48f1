import { Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { TicketRow } from '#contract/tickets.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import type { BoardStep } from '../../state/noc-board.ts'
import { ActionForm } from '../tickets/process/action-form.tsx'

interface StepProps {
  row: TicketRow
  action: BoardStep
  onClose: () => void
}

/** One step of the process over the board, if the service still offers it. */
export function StepDialog({ row, action, onClose }: StepProps) {
  const { t } = useTranslation()
  const ticket = useQuery(queries.ticket(row.id))
  const offer = ticket.data?.actions.find((one) => one.action === action)
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${row.code} · ${row.subject || t('ticket.noSubject')}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {ticket.isPending && <Loading rows={2} />}
      {ticket.isError && <LoadFailed error={ticket.error} onRetry={() => void ticket.refetch()} />}
      {ticket.data && offer && <ActionForm ticket={ticket.data} offer={offer} onClose={onClose} />}
      {ticket.data && !offer && <Text size="sm">{t('noc.notNow')}</Text>}
    </Modal>
  )
}
