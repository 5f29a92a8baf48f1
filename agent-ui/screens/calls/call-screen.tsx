import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { CallDetail } from '#contract/calls.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { Facts } from '../../components/facts.tsx'
import { Panel } from '../../components/panel.tsx'
import { Recording } from '../../components/recording.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatSpan } from '../../state/countdown.ts'
import { formatClock, formatDateTime } from '../../state/local-time.ts'
import tickets from '../tickets/ticket.module.css'
import { CallResult } from './call-result.tsx'
import classes from './call.module.css'
import { CallTimeline } from './call-timeline.tsx'

/** One call: who spoke, and why a ticket did or did not open. */
export function CallScreen() {
  const { t } = useTranslation()
  const { callId } = useParams({ from: '/shell/calls/$callId' })
  const query = useQuery(queries.call(callId))
  return (
    <>
      <Anchor component={Link} to="/calls" size="sm" display="inline-block" mb="xs">
        ← {t('calls.title')}
      </Anchor>
      {query.isPending && <Loading />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <div className={classes.page}>
          <Summary call={query.data} />
          <div className={classes.column}>
            <Segments call={query.data} />
            <Panel title={t('recording.title')}>
              <Recording hasTalk={query.data.segments.length > 0} />
            </Panel>
          </div>
          <CallTimeline call={query.data} />
        </div>
      )}
    </>
  )
}

function seconds(value: number | null): string | null {
  return value === null ? null : formatSpan(value * 1_000)
}

function Summary({ call }: { call: CallDetail }) {
  const { t } = useTranslation()
  const hidden = call.number.kind === 'anonymous'
  return (
    <Panel
      lead
      title={t('calls.detailTitle', {
        number: hidden ? t('incoming.hidden') : call.number.display,
      })}
    >
      <Facts
        rows={[
          [t('calls.outcome'), <CallResult key="o" call={call} />],
          [t('calls.ticket'), <TicketLink key="t" call={call} />],
          [t('calls.direction'), t(`calls.${call.direction}`)],
          [t('calls.queue'), call.queue],
          [t('calls.enteredAt'), formatDateTime(call.enteredAt)],
          [t('calls.answeredAt'), call.answeredAt && formatClock(call.answeredAt)],
          [t('calls.endedAt'), call.endedAt && formatClock(call.endedAt)],
          [t('calls.wait'), seconds(call.waitSeconds)],
          [t('calls.talk'), seconds(call.talkSeconds)],
        ]}
      />
    </Panel>
  )
}

function TicketLink({ call }: { call: CallDetail }) {
  const { t } = useTranslation()
  return call.ticket ? (
    <Link className="numeric" to="/tickets/$ticketId" params={{ ticketId: call.ticket.id }}>
      {call.ticket.code}
    </Link>
  ) : (
    t('calls.noTicket')
  )
}

function Segments({ call }: { call: CallDetail }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('calls.segments')} flush>
      {call.segments.length === 0 ? (
        <div className={`${tickets.item} ${tickets.dim}`}>{t('calls.noSegments')}</div>
      ) : (
        <ul className={tickets.list}>
          {call.segments.map((segment) => (
            <li key={`${segment.extension}-${segment.startedAt}`} className={tickets.item}>
              <div className={tickets.itemHead}>
                <strong>{segment.staff?.displayName ?? segment.extension}</strong>
                <span className="numeric">
                  {formatClock(segment.startedAt)}
                  {segment.endedAt ? `–${formatClock(segment.endedAt)}` : ''}
                </span>
              </div>
              <div className={tickets.dim}>
                {t('app.extension', { extension: segment.extension })} · {t(`how.${segment.how}`)}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
