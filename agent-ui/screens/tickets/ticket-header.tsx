import { IconAlertTriangle } from '@tabler/icons-react'
import type { ScreenPop } from '#contract/screen-pop.ts'
import type { Ticket, TicketRef } from '#contract/tickets.ts'
import { StandsStillWithPbx } from '../../components/stands-still.tsx'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { TicketVisit } from '../../components/ticket-visit.tsx'
import { Elapsed } from '../../components/timers.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatDateTime } from '../../state/local-time.ts'
import { useServerNow } from '../../ticker.ts'
import classes from './ticket.module.css'

interface TicketHeadProps {
  shown: TicketRef
  ticket: Ticket | undefined
}

interface MarksProps extends TicketHeadProps {
  pop: ScreenPop | undefined
}

/** Status of ticket and call; complete from the pop alone, before the ticket is loaded. */
export function TicketMarks({ shown, ticket, pop }: MarksProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.header}>
      {pop && <CallStage pop={pop} />}
      {ticket?.recovered && <Tone tone="warn">{t('ticket.recovered')}</Tone>}
      <TicketStatusTone status={shown.status} />
    </div>
  )
}

export function TicketFacts({ shown, ticket }: TicketHeadProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.meta}>
      <span>
        {t('ticket.receivedAt')}: <strong>{formatDateTime(shown.receivedAt)}</strong>
      </span>
      <Due dueAt={shown.dueAt} isProvisional={ticket?.dueProvisional === true} />
      {ticket && (
        <>
          <span>
            {t('ticket.assignee')}:{' '}
            <strong>{ticket.assignee?.displayName ?? t('ticket.unassigned')}</strong>
          </span>
          <span>
            {t('ticket.channel')}: <strong>{t(`channel.${ticket.channel}`)}</strong>
          </span>
          <TicketVisit row={ticket} />
        </>
      )}
    </div>
  )
}

function CallStage({ pop }: { pop: ScreenPop }) {
  const { t } = useTranslation()
  if (pop.stage !== 'answered') return <Tone tone="calm">{t('desk.stageEnded')}</Tone>
  return (
    <StandsStillWithPbx pbxId={pop.call.pbxId}>
      <Tone tone="ok">
        {t('desk.stageTalking')} <Elapsed since={pop.call.answeredAt ?? pop.call.enteredAt} />
      </Tone>
    </StandsStillWithPbx>
  )
}

function Due({ dueAt, isProvisional }: { dueAt: string | null; isProvisional: boolean }) {
  const { t } = useTranslation()
  const now = useServerNow()
  if (dueAt === null) return <span>{t('ticket.noDue')}</span>
  const isOverdue = Date.parse(dueAt) < now
  return (
    <span>
      {t('ticket.dueAt')}: <strong>{formatDateTime(dueAt)}</strong>{' '}
      {isOverdue && (
        <Tone tone="bad" icon={<IconAlertTriangle size={14} aria-hidden />}>
          {t('ticket.overdue')}
        </Tone>
      )}
      {isProvisional && (
        <span title={t('ticket.provisionalHint')}>
          <Tone tone="warn">{t('ticket.provisional')}</Tone>
        </span>
      )}
    </span>
  )
}
