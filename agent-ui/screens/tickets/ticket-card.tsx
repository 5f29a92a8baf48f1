import { Link } from '@tanstack/react-router'
import type { TicketRow } from '#contract/tickets.ts'
import { TicketDue } from '../../components/ticket-due.tsx'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { TicketVisit } from '../../components/ticket-visit.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { whoOf } from './ticket-columns.tsx'
import classes from './ticket.module.css'

/** A ticket in a list on a telephone; all of it leads to the ticket. */
export function TicketCard({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  return (
    <Link className={classes.card} to="/tickets/$ticketId" params={{ ticketId: row.id }}>
      <div className={classes.itemHead}>
        <strong className="numeric">{row.code}</strong>
        <TicketStatusTone status={row.status} />
      </div>
      <div className="wrap-anywhere">{row.subject || t('ticket.noSubject')}</div>
      <div className={classes.dim}>
        {whoOf(t, row)}
        {row.customer?.address ? ` · ${row.customer.address}` : ''}
      </div>
      <div className={classes.dim}>
        {t('ticket.dueAt')}: <TicketDue row={row} />
      </div>
      {row.visitAt !== null && (
        <div className={classes.dim}>
          <TicketVisit row={row} />
        </div>
      )}
    </Link>
  )
}
