import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Ticket } from '#contract/tickets.ts'
import { Panel } from '../../components/panel.tsx'
import { Recording } from '../../components/recording.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUser } from '../../session.ts'
import { callLength } from '../../state/call-line.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { maySee } from '../screen-table.ts'
import classes from './ticket.module.css'

type TicketCall = Ticket['calls'][number]

/** The calls of this ticket, each leading to what the PBX said about it, for who may read that. */
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
  const user = useUser()
  const DirectionIcon = call.direction === 'callback' ? IconPhoneOutgoing : IconPhoneIncoming
  const talked = callLength(call)
  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        {maySee(user.role, 'calls') ? (
          <Link to="/calls/$callId" params={{ callId: call.id }}>
            {formatDateTime(call.enteredAt)}
          </Link>
        ) : (
          <span>{formatDateTime(call.enteredAt)}</span>
        )}
        {talked && <span className="numeric">{talked}</span>}
      </div>
      <div className={classes.dim}>
        <DirectionIcon size={14} aria-hidden style={{ verticalAlign: -2 }} />{' '}
        {t(`calls.${call.direction}`)}
        {call.agents.length > 0 ? ` · ${call.agents.join(', ')}` : ''}
      </div>
      {call.agents.length > 0 && <Recording hasTalk isShort />}
    </li>
  )
}
