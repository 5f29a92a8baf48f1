import { useQuery } from '@tanstack/react-query'
import type { ClockView } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { CLOCK_LOOK, ClockMeter } from '../../../components/clock-bar.tsx'
import { Panel } from '../../../components/panel.tsx'
import { remainingText, spanText } from '../../../components/span-text.ts'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { WORKING_DAY_CLOCKS, clockUrgency, sortClocks } from '../../../state/clocks.ts'
import { formatDateTime } from '../../../state/local-time.ts'
import { workingDaysLeft } from '../../../state/working-days.ts'
import { useCoarseNow } from '../../../ticker.ts'
import classes from './process.module.css'

/** Every deadline that runs on this ticket, and how the earlier ones ended. */
export function TicketClocks({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { running, ended } = sortClocks(ticket.clocks)
  return (
    <Panel title={t('clock.title')}>
      {running.length === 0 && <div className={classes.dim}>{t('clock.none')}</div>}
      <ul className={classes.clocks}>
        {running.map((clock) => (
          <RunningClock key={clock.id} clock={clock} />
        ))}
      </ul>
      {ended.length > 0 && (
        <details className={classes.ended}>
          <summary>
            {t('clock.history')} ({ended.length})
          </summary>
          <ul className={classes.clocks}>
            {ended.map((clock) => (
              <EndedClock key={clock.id} clock={clock} />
            ))}
          </ul>
        </details>
      )}
    </Panel>
  )
}

function RunningClock({ clock }: { clock: ClockView }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const urgency = clockUrgency(clock, now)
  const [tone, ClockIcon] = CLOCK_LOOK[urgency]
  const text = useClockText(clock, now)
  return (
    <li data-testid={`clock-${clock.kind}`} data-urgency={urgency}>
      <div className={classes.clockHead}>
        <span>{t(`clock.${clock.kind}`)}</span>
        <Tone tone={tone} icon={<ClockIcon size={14} aria-hidden />}>
          {text}
        </Tone>
      </div>
      <ClockMeter clock={clock} now={now} />
      <ClockNotes clock={clock} />
    </li>
  )
}

/** What is left in the unit in which the clock counts. */
function useClockText(clock: ClockView, now: number): string {
  const { t } = useTranslation()
  const calendar = useQuery({
    ...queries.calendar(),
    enabled: WORKING_DAY_CLOCKS.includes(clock.kind),
  })
  const { dueAt, pausedSince } = clock
  if (pausedSince !== null) return t('clock.paused')
  if (dueAt === null) return t('common.none')
  if (!WORKING_DAY_CLOCKS.includes(clock.kind) || !calendar.data) {
    return remainingText(t, dueAt, now)
  }
  const days = workingDaysLeft(dueAt, now, calendar.data)
  if (days === 0) return remainingText(t, dueAt, now)
  const time = t('clock.workingDays', { count: Math.abs(days) })
  return t(days < 0 ? 'clock.late' : 'clock.left', { time })
}

function ClockNotes({ clock }: { clock: ClockView }) {
  const { t } = useTranslation()
  const notes = [
    clock.pausedBy === null ? null : t(`clock.pausedBy.${clock.pausedBy}`),
    clock.dueAt === null ? null : t('clock.dueAt', { time: formatDateTime(clock.dueAt) }),
    clock.rawSeconds > clock.netSeconds
      ? t('clock.net', { time: spanText(t, clock.netSeconds * 1_000) })
      : null,
    clock.provisional ? t('ticket.provisional') : null,
  ].filter((note) => note !== null)
  return <div className={classes.dim}>{notes.join(' · ')}</div>
}

function EndedClock({ clock }: { clock: ClockView }) {
  const { t } = useTranslation()
  const urgency = clockUrgency(clock, 0)
  const [tone, ClockIcon] = CLOCK_LOOK[urgency]
  return (
    <li>
      <div className={classes.clockHead}>
        <span>
          {t(`clock.${clock.kind}`)} · {t('process.loop', { count: clock.loopNo })}
        </span>
        <Tone tone={tone} icon={<ClockIcon size={14} aria-hidden />}>
          {t(urgency === 'missed' ? 'clock.missed' : 'clock.met')}
        </Tone>
      </div>
      <div className={classes.dim}>{spanText(t, clock.netSeconds * 1_000)}</div>
    </li>
  )
}
