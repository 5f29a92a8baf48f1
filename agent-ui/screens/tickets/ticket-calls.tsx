import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '#contract/tickets.ts'
import { Panel } from '../../components/panel.tsx'
import { formatSpan } from '../../state/countdown.ts'
import { formatDateTime } from '../../state/local-time.ts'
import classes from './ticket.module.css'

type TicketCall = Ticket['calls'][number]

/** The calls of this ticket, each leading to what the PBX said about it. */
export function TicketCalls({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('ticket.calls')} flush>
      {ticket.calls.length === 0 ? (
        <div className={`${classes.item} ${classes.dim}`}>{t('ticket.noCalls')}</div>
      ) : (
        <ul className={classes.list}>
          {ticket.calls.map((call) => (
            <CallLine key={call.id} call={call} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function CallLine({ call }: { call: TicketCall }) {
  const { t } = useTranslation()
  const DirectionIcon = call.direction === 'callback' ? IconPhoneOutgoing : IconPhoneIncoming
  const talked =
    call.answeredAt && call.endedAt
      ? formatSpan(Date.parse(call.endedAt) - Date.parse(call.answeredAt))
      : null
  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        <Link to="/calls/$callId" params={{ callId: call.id }}>
          {formatDateTime(call.enteredAt)}
        </Link>
        {talked && <span className="numeric">{talked}</span>}
      </div>
      <div className={classes.dim}>
        <DirectionIcon size={14} aria-hidden style={{ verticalAlign: -2 }} />{' '}
        {t(`calls.${call.direction}`)}
        {call.agents.length > 0 ? ` · ${call.agents.join(', ')}` : ''}
      </div>
    </li>
  )
}
