import { useTranslation } from 'react-i18next'
import type { Ticket, TimelineEntry } from '#contract/tickets.ts'
import { Empty } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatDateTime } from '../../state/local-time.ts'
import { NoteBox } from './note-box.tsx'
import classes from './ticket.module.css'
import { useFieldTexts } from '../../components/timeline-fields.ts'

/** What happened to this ticket, newest first. */
export function TicketTimeline({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const entries = ticket.timeline.toSorted((a, b) => b.at.localeCompare(a.at))
  return (
    <Panel title={t('ticket.timeline')} flush>
      <NoteBox ticketId={ticket.id} />
      {entries.length === 0 ? (
        <Empty title={t('ticket.noTimeline')} />
      ) : (
        <ol className={`${classes.list} ${classes.below}`}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation()
  const details = useFieldTexts(entry.fields)
  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        <strong>{t(`timeline.${entry.kind}`)}</strong>
        <span className={`${classes.dim} numeric`}>{formatDateTime(entry.at)}</span>
      </div>
      <div className={classes.dim}>{entry.actor?.displayName ?? t('timeline.system')}</div>
      {entry.note !== '' && <div className="wrap-anywhere">{entry.note}</div>}
      {details.length > 0 && (
        <div className={`${classes.dim} wrap-anywhere`}>{details.join(' · ')}</div>
      )}
    </li>
  )
}
