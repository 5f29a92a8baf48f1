import { IconPhone, IconTicket } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { CustomerHistoryItem } from '#contract/customer-history.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { formatDateTime } from '../../state/local-time.ts'
import { CallResult } from '../calls/call-result.tsx'

export function historyId(item: CustomerHistoryItem): string {
  return item.type === 'ticket' ? item.ticket.id : item.call.id
}

/** Tickets and calls in one list, by time. */
export function historyColumns(t: TFunction): readonly ListColumn<CustomerHistoryItem>[] {
  return [
    {
      id: 'at',
      title: t('calls.enteredAt'),
      width: 150,
      cell: (item) => <span className="numeric">{formatDateTime(item.at)}</span>,
    },
    {
      id: 'what',
      title: t('calls.ticket'),
      width: 168,
      cell: (item) =>
        item.type === 'ticket' ? (
          <>
            <IconTicket size={14} aria-hidden />{' '}
            <Link to="/tickets/$ticketId" params={{ ticketId: item.ticket.id }}>
              {item.ticket.code}
            </Link>
          </>
        ) : (
          <>
            <IconPhone size={14} aria-hidden />{' '}
            <Link to="/calls/$callId" params={{ callId: item.call.id }}>
              {t(`calls.${item.call.direction}`)}
            </Link>
          </>
        ),
    },
    {
      id: 'subject',
      title: t('ticket.subject'),
      cell: (item) =>
        item.type === 'ticket'
          ? item.ticket.subject || t('ticket.noSubject')
          : item.call.number.kind === 'anonymous'
            ? t('incoming.hidden')
            : item.call.number.display,
    },
    {
      id: 'state',
      title: t('ticket.status'),
      width: 200,
      cell: (item) =>
        item.type === 'ticket' ? (
          <TicketStatusTone status={item.ticket.status} />
        ) : (
          <CallResult call={item.call} isShort />
        ),
    },
  ]
}
