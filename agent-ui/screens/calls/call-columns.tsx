import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { ListedCall } from '#contract/calls.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatSpan } from '../../state/countdown.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { CallResult } from './call-result.tsx'
import classes from './call.module.css'

/** The columns of every list of calls. */
export function callColumns(t: TFunction): readonly ListColumn<ListedCall>[] {
  const none = t('common.none')
  const span = (seconds: number | null) => (seconds === null ? none : formatSpan(seconds * 1_000))
  return [
    {
      id: 'enteredAt',
      title: t('calls.enteredAt'),
      width: 146,
      cell: (row) => (
        <Link className="numeric" to="/calls/$callId" params={{ callId: row.id }}>
          {formatDateTime(row.enteredAt)}
        </Link>
      ),
    },
    { id: 'customer', title: t('calls.customer'), cell: (row) => <CallCustomer call={row} /> },
    {
      id: 'agents',
      title: t('calls.agents'),
      width: 146,
      cell: (row) => <CallAgents call={row} none={none} />,
    },
    { id: 'wait', title: t('calls.wait'), width: 68, cell: (row) => span(row.waitSeconds) },
    { id: 'talk', title: t('calls.talk'), width: 88, cell: (row) => span(row.talkSeconds) },
    {
      id: 'outcome',
      title: t('calls.outcome'),
      width: 224,
      cell: (row) => <CallResult call={row} isShort />,
    },
    {
      id: 'ticket',
      title: t('calls.ticket'),
      width: 138,
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

/** Who talked, and below them in which queue the caller waited. */
function CallAgents({ call: { agents, queue }, none }: { call: ListedCall; none: string }) {
  const names = agents.join(' → ')
  return (
    <div className={classes.agents}>
      <span className={classes.cut} title={names}>
        {names || none}
      </span>
      {queue !== null && <span className={classes.dim}>{queue}</span>}
    </div>
  )
}

/** Which way, the number, and below it whose it is. */
function CallCustomer({ call: { direction, number, customer } }: { call: ListedCall }) {
  const { t } = useTranslation()
  const way = t(`calls.${direction}`)
  const DirectionIcon = direction === 'callback' ? IconPhoneOutgoing : IconPhoneIncoming
  return (
    <div className={classes.customer}>
      <span role="img" aria-label={way} title={way} className={classes.way}>
        <DirectionIcon size={16} aria-hidden />
      </span>
      <span className="numeric">
        {number.kind === 'anonymous' ? t('incoming.hidden') : number.display}
      </span>
      {customer && (
        <Link
          to="/customers/$customerId"
          params={{ customerId: customer.id }}
          className={classes.name}
          title={customer.name}
        >
          {customer.name}
        </Link>
      )}
    </div>
  )
}
