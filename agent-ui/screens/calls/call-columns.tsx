import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { CallRow, ListedCall } from '#contract/calls.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { formatSpan } from '../../state/countdown.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { CallResult } from './call-result.tsx'

/** The columns of every list of calls. */
export function callColumns(t: TFunction): readonly ListColumn<ListedCall>[] {
  const none = t('common.none')
  const span = (seconds: number | null) => (seconds === null ? none : formatSpan(seconds * 1_000))
  return [
    {
      id: 'enteredAt',
      title: t('calls.enteredAt'),
      width: 150,
      cell: (row) => (
        <Link className="numeric" to="/calls/$callId" params={{ callId: row.id }}>
          {formatDateTime(row.enteredAt)}
        </Link>
      ),
    },
    {
      id: 'direction',
      title: t('calls.direction'),
      width: 96,
      cell: (row) => <Direction direction={row.direction} label={t(`calls.${row.direction}`)} />,
    },
    {
      id: 'number',
      title: t('calls.number'),
      width: 140,
      cell: (row) => (
        <span className="numeric">
          {row.number.kind === 'anonymous' ? t('incoming.hidden') : row.number.display}
        </span>
      ),
    },
    ...peopleColumns(t),
    { id: 'queue', width: 90, title: t('calls.queue'), cell: (row) => row.queue ?? none },
    { id: 'wait', title: t('calls.wait'), width: 80, cell: (row) => span(row.waitSeconds) },
    { id: 'talk', title: t('calls.talk'), width: 100, cell: (row) => span(row.talkSeconds) },
    {
      id: 'outcome',
      title: t('calls.outcome'),
      width: 150,
      cell: (row) => <CallResult call={row} />,
    },
    {
      id: 'ticket',
      title: t('calls.ticket'),
      width: 150,
      cell: (row) =>
        row.ticket ? (
          <Link className="numeric" to="/tickets/$ticketId" params={{ ticketId: row.ticket.id }}>
            {row.ticket.code}
          </Link>
        ) : (
          none
        ),
    },
  ]
}

/** Who called, and who talked to them. */
function peopleColumns(t: TFunction): readonly ListColumn<ListedCall>[] {
  const none = t('common.none')
  return [
    {
      id: 'customer',
      title: t('calls.customer'),
      cell: ({ customer }) =>
        customer ? (
          <Link to="/customers/$customerId" params={{ customerId: customer.id }}>
            {customer.name}
          </Link>
        ) : (
          none
        ),
    },
    {
      id: 'agents',
      title: t('calls.agents'),
      width: 150,
      cell: ({ agents }) => (agents.length > 0 ? agents.join(' → ') : none),
    },
  ]
}

function Direction({ direction, label }: { direction: CallRow['direction']; label: string }) {
  const DirectionIcon = direction === 'callback' ? IconPhoneOutgoing : IconPhoneIncoming
  return (
    <>
      <DirectionIcon size={14} aria-hidden style={{ verticalAlign: -2 }} /> {label}
    </>
  )
}
