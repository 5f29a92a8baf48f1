import { Anchor, Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { useSession } from '../../session.ts'
import { ReceiptSheet } from './receipt-sheet.tsx'
import classes from './receipt.module.css'

/** The receipt slip of a ticket, for the printer: outside the frame, so that only the paper prints. */
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
    <main className={classes.page}>
      <Group className={classes.tools} justify="space-between">
        <Anchor component={Link} to={`/tickets/${ticketId}`} size="sm">
          ← {t('receipt.back')}
        </Anchor>
        <Button onClick={() => window.print()} disabled={!query.data}>
          {t('receipt.print')}
        </Button>
      </Group>
      {query.isPending && <Loading />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <ReceiptSheet receipt={query.data} />}
    </main>
  )
}
