import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type {
  Counted,
  HandoverAlarm,
  HandoverCaller,
  HandoverPromise,
  HandoverSections,
  LateStage,
} from '#contract/supervision/handover.ts'
import type { HelpView } from '#contract/supervision/help.ts'
import { hasText } from '../../i18n/known-text.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { vi } from '../../i18n/vi.ts'
import { alarmName } from '../../state/alarms.ts'
import { formatDateTime, formatNumber } from '../../state/local-time.ts'
import { countText } from './section-text.ts'
import classes from './shift.module.css'

/** What a shift leaves, section by section: on the screen, and on the paper as it was then. */
export function HandoverSectionList({ sections }: { sections: HandoverSections }) {
  const { t } = useTranslation()
  const all = t('shift.all')
  const { open, late, promisesLate, promisesAtRisk, missed, help, alarms } = sections
  return (
    <>
      <OpenTickets open={open} />
      <Section title={t('shift.late')} list={late} aside={<Breakdown of={late.byClock} />}>
        {(one) => <Late key={`${one.ticket.id}/${one.clock}`} one={one} />}
      </Section>
      <Section
        title={t('shift.promisesLate')}
        list={promisesLate}
        all={
          <Link to="/promises" search={{ state: 'late' }}>
            {all}
          </Link>
        }
      >
        {(one) => <Promise key={one.id} one={one} />}
      </Section>
      <Section
        title={t('shift.promisesAtRisk')}
        list={promisesAtRisk}
        all={
          <Link to="/promises" search={{ state: 'at_risk' }}>
            {all}
          </Link>
        }
      >
        {(one) => <Promise key={one.id} one={one} />}
      </Section>
      <Section title={t('shift.missed')} list={missed} all={<Link to="/missed">{all}</Link>}>
        {(one) => <Caller key={one.callId} one={one} />}
      </Section>
      <Section title={t('shift.help')} list={help}>
        {(one) => <Help key={one.id} one={one} />}
      </Section>
      <Section title={t('shift.alarms')} list={alarms} all={<Link to="/alarms">{all}</Link>}>
        {(one) => <Alarm key={one.id} one={one} />}
      </Section>
    </>
  )
}

interface SectionProps<T> {
  title: string
  list: Counted<T>
  aside?: ReactNode
  /** To where all of them are; not on paper. */
  all?: ReactNode
  children: (one: T) => ReactNode
}

function Section<T>({ title, list, aside, all, children }: SectionProps<T>) {
  const { t } = useTranslation()
  const shown = list.items.length
  return (
    <section aria-label={title} className={classes.section}>
      <h2 className={classes.heading}>
        {title}: <span className="numeric">{countText(list)}</span>
        {shown > 0 && all && <span className={classes.all}>{all}</span>}
      </h2>
      {aside}
      {shown > 0 && <ul className={classes.list}>{list.items.map(children)}</ul>}
      {shown > 0 && (list.hasMore || shown < list.count) && (
        <p className={classes.dim}>
          {t('shift.first', { shown: formatNumber(shown), count: countText(list) })}
        </p>
      )}
    </section>
  )
}

function OpenTickets({ open }: Pick<HandoverSections, 'open'>) {
  const { t } = useTranslation()
  const states = Object.entries(open.byStatus).flatMap(([status, count]) =>
    hasText(vi.status, status) ? [`${t(`status.${status}`)} ${formatNumber(count)}`] : [],
  )
  return (
    <section aria-label={t('shift.open')} className={classes.section}>
      <h2 className={classes.heading}>
        {t('shift.open')}: <span className="numeric">{countText(open)}</span>
        {open.count > 0 && (
          <Link className={classes.all} to="/tickets">
            {t('shift.all')}
          </Link>
        )}
      </h2>
      {states.length > 0 && <p className={classes.dim}>{states.join(' · ')}</p>}
      {open.overdue > 0 && (
        <p className={classes.plain}>
          {t('shift.overdue', { count: open.overdue, shown: formatNumber(open.overdue) })}
        </p>
      )}
    </section>
  )
}

function Breakdown({ of }: { of: HandoverSections['late']['byClock'] }) {
  const { t } = useTranslation()
  const parts = Object.entries(of).flatMap(([clock, count]) =>
    hasText(vi.clock, clock) && clock !== 'pausedBy'
      ? [`${t(`clock.${clock}`)} ${formatNumber(count)}`]
      : [],
  )
  return parts.length === 0 ? null : <p className={classes.dim}>{parts.join(' · ')}</p>
}

function Row({ main, aside }: { main: ReactNode; aside: ReactNode }) {
  return (
    <li className={classes.row}>
      <span className={classes.main}>{main}</span>
      <span className={`${classes.dim} numeric`}>{aside}</span>
    </li>
  )
}

function TicketLink({ ticket }: { ticket: { id: string; code: string; subject?: string } }) {
  const { id, code, subject = '' } = ticket
  return (
    <Link to="/tickets/$ticketId" params={{ ticketId: id }}>
      {subject === '' ? code : `${code} · ${subject}`}
    </Link>
  )
}

function Late({ one: { ticket, clock, dueAt, assignee } }: { one: LateStage }) {
  const { t } = useTranslation()
  const stage = t(`clock.${clock}`)
  const who = assignee?.displayName ?? t('shift.nobodyKeeps')
  return (
    <Row
      main={<TicketLink ticket={ticket} />}
      aside={`${stage} · ${t('shift.due', { time: formatDateTime(dueAt) })} · ${who}`}
    />
  )
}

function Promise({ one }: { one: HandoverPromise }) {
  const { t } = useTranslation()
  const { ticket, customerName, number, dueAt, keeper } = one
  const who = keeper?.displayName ?? t('shift.nobodyKeeps')
  return (
    <Row
      main={
        <>
          {customerName === null ? number : `${customerName} · ${number}`}
          {ticket && (
            <>
              {' · '}
              <TicketLink ticket={{ id: ticket.id, code: ticket.code }} />
            </>
          )}
        </>
      }
      aside={`${t('shift.due', { time: formatDateTime(dueAt) })} · ${who}`}
    />
  )
}

function Caller({ one }: { one: HandoverCaller }) {
  const { t } = useTranslation()
  const { callId, number, customerName, missedAt, calls } = one
  const times = calls > 1 ? ` · ${t('shift.times', { count: calls })}` : ''
  return (
    <Row
      main={
        <Link to="/calls/$callId" params={{ callId }}>
          {customerName === null ? number : `${customerName} · ${number}`}
        </Link>
      }
      aside={`${t('shift.missedAt', { time: formatDateTime(missedAt) })}${times}`}
    />
  )
}

function Help({ one: { agent, ticket, askedAt, takenBy } }: { one: HelpView }) {
  const { t } = useTranslation()
  const comes = takenBy === null ? null : t('help.coming', { name: takenBy.displayName })
  return (
    <Row
      main={
        <>
          {agent.displayName}
          {ticket && (
            <>
              {' · '}
              <TicketLink ticket={ticket} />
            </>
          )}
        </>
      }
      aside={[formatDateTime(askedAt), comes].filter(Boolean).join(' · ')}
    />
  )
}

function Alarm({ one }: { one: HandoverAlarm }) {
  const { t } = useTranslation()
  const { measure, worst, openedAt, endedAt } = one
  const worstText = t(`alarms.unit.${measure}`, { value: formatNumber(worst) })
  const over = endedAt === null ? '' : ` · ${t('alarms.ended')} ${formatDateTime(endedAt)}`
  return (
    <Row main={alarmName(t, one)} aside={`${worstText} · ${formatDateTime(openedAt)}${over}`} />
  )
}
