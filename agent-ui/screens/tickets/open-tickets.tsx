import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TicketRef } from '#contract/tickets.ts'
import { Panel } from '../../components/panel.tsx'
import { queries } from '../../queries.ts'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import classes from './ticket.module.css'

interface OpenTicketsProps {
  ticketId: string | null
  customerId: string | null
  /** What came with the pop, for callers without a customer. */
  known: readonly TicketRef[] | undefined
}

/** The other open tickets of this customer: the agent may need those, not a new one. */
export function OpenTickets({ ticketId, customerId, known }: OpenTicketsProps) {
  const { t } = useTranslation()
  const query = useQuery(queries.openTicketsOf(customerId))
  const found: readonly TicketRef[] = query.data?.items ?? known ?? []
  const others = found.filter((row) => row.id !== ticketId)
  return (
    <Panel title={t('customer.openTickets')} flush>
      {others.length === 0 ? (
        <div className={`${classes.item} ${classes.dim}`}>{t('customer.noOpenTickets')}</div>
      ) : (
        <ul className={classes.list}>
          {others.map((row) => (
            <li key={row.id} className={classes.item}>
              <div className={classes.itemHead}>
                <Link to="/tickets/$ticketId" params={{ ticketId: row.id }}>
                  {row.code}
                </Link>
                <TicketStatusTone status={row.status} />
              </div>
              <div className="wrap-anywhere">{row.subject || t('ticket.noSubject')}</div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
