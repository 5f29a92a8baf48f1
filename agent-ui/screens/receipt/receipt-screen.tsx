import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useParams } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { Loading } from '../../components/failure.tsx'
import { PaperPage } from '../../components/paper/paper.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useSession } from '../../session.ts'
import { ReceiptSheet } from './receipt-sheet.tsx'

/** The receipt slip of a ticket, for the printer. */
export function ReceiptScreen() {
  const { ticketId } = useParams({ from: '/receipt/$ticketId' })
  const session = useSession()
  if (session.isPending) return <Loading />
  if (session.data?.user === null) {
    return <Navigate to="/sign-in" search={{ next: `/receipt/${ticketId}` }} replace />
  }
  return <ReceiptView ticketId={ticketId} />
}

export function ReceiptView({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['receipt', ticketId],
    queryFn: () => api.receipt(ticketId),
  })
  return (
    <PaperPage
      query={query}
      print={t('receipt.print')}
      back={
        <Anchor component={Link} to={`/tickets/${ticketId}`} size="sm">
          ← {t('receipt.back')}
        </Anchor>
      }
    >
      {(receipt) => <ReceiptSheet receipt={receipt} />}
    </PaperPage>
  )
}
