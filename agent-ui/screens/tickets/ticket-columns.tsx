import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { TicketRow } from '#contract/tickets.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { TicketDue } from '../../components/ticket-due.tsx'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatShort } from '../../state/local-time.ts'
import { useCoarseNow } from '../../ticker.ts'
import classes from './ticket.module.css'

/** The customer's name, else the number as this person may see it. */
export function whoOf(t: TFunction, { customer, number }: TicketRow): string {
  if (customer) return customer.name
  if (!number) return t('customer.unknown')
  return number.kind === 'anonymous' ? t('incoming.hidden') : number.display
}

/** The columns of every list of tickets, in the order in which a person reads a ticket. */
export function ticketColumns(t: TFunction): Record<TicketColumn, ListColumn<TicketRow>> {
  return {
    status: {
      id: 'status',
      title: t('ticket.status'),
      // the longest short state as a pill, uncut (test/browser/screens.test.ts)
      width: 164,
      cell: (row) => <TicketStatusTone status={row.status} isShort />,
    },
    code: {
      id: 'code',
      title: t('ticket.code'),
      width: 138,
      cell: (row) => (
        <Link className="numeric" to="/tickets/$ticketId" params={{ ticketId: row.id }}>
          {row.code}
        </Link>
      ),
    },
    who: { id: 'who', title: t('customer.title'), width: 164, cell: (row) => whoOf(t, row) },
    subject: { id: 'subject', title: t('ticket.subject'), cell: (row) => <Subject row={row} /> },
    assignee: {
      id: 'assignee',
      title: t('ticket.assignee'),
      width: 130,
      cell: (row) =>
        row.assignee?.displayName ?? <span className={classes.dim}>{t('ticket.unassigned')}</span>,
    },
    receivedAt: {
      id: 'received',
      sortable: true,
      title: t('ticket.receivedAt'),
      // the day and the hour of an older one, uncut
      width: 112,
      cell: (row) => <Received at={row.receivedAt} />,
    },
    dueAt: {
      id: 'due',
      sortable: true,
      title: t('ticket.dueAt'),
      width: 130,
      cell: (row) => <TicketDue row={row} />,
    },
  }
}

export type TicketColumn =
  | 'status'
  | 'code'
  | 'who'
  | 'subject'
  | 'assignee'
  | 'receivedAt'
  | 'dueAt'

function Received({ at }: { at: string }) {
  const now = useCoarseNow()
  return <span className="numeric">{formatShort(at, now)}</span>
}

function Subject({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  const isUrgent = row.priority === 'critical' || row.priority === 'high'
  return (
    <span className={classes.subject} title={row.subject}>
      {isUrgent && (
        <>
          <Tone tone={row.priority === 'critical' ? 'bad' : 'warn'}>
            {t(`priority.${row.priority}`)}
          </Tone>{' '}
        </>
      )}
      {row.subject || <span className={classes.dim}>{t('ticket.noSubject')}</span>}
    </span>
  )
}
