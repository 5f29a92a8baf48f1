import { Link } from '@tanstack/react-router'
import type { TicketRow } from '#contract/tickets.ts'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { TicketVisit } from '../../components/ticket-visit.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import classes from './field.module.css'

/** Which job: its hour, its code, and the fault in words. */
export function JobHead({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={classes.head}>
        <Link
          to="/tickets/$ticketId"
          params={{ ticketId: row.id }}
          className={`${classes.code} numeric`}
        >
          {row.code}
        </Link>
        <TicketStatusTone status={row.status} isShort />
      </div>
      {row.visitAt !== null && (
        <div className={classes.visit}>
          <TicketVisit row={row} />
        </div>
      )}
      <h3 className={classes.fault}>{row.subject || t('ticket.noSubject')}</h3>
    </>
  )
}
