import type { TFunction } from 'i18next'
import { Link } from '@tanstack/react-router'
import type { Ticket, TimelineEntry } from '#contract/tickets.ts'
import { Empty } from '../../components/failure.tsx'
import { hasText } from '../../i18n/known-text.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { vi } from '../../i18n/vi.ts'
import { Panel } from '../../components/panel.tsx'
import { useUser } from '../../session.ts'
import { callLength } from '../../state/call-line.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { maySee } from '../screen-table.ts'
import classes from './ticket.module.css'
import { useFieldTexts } from '../../components/timeline-fields.ts'

/** What happened to this ticket, newest first. */
export function TicketTimeline({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const entries = ticket.timeline.toSorted((a, b) => b.at.localeCompare(a.at))
  return (
    <Panel title={t('ticket.timeline')} flush>
      {entries.length === 0 ? (
        <Empty title={t('ticket.noTimeline')} />
      ) : (
        <ol className={classes.list}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} calls={ticket.calls} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

function Entry({ entry, calls }: { entry: TimelineEntry; calls: Ticket['calls'] }) {
  const { t } = useTranslation()
  const details = useFieldTexts(detailsOf(entry))
  const title = stepSentence(t, entry) ?? t(`timeline.${titleOf(entry)}`)
  const call = calls.find(({ id }) => id === entry.fields['callId'])
  return (
    <li className={classes.item}>
      <div className={classes.itemHead}>
        <strong>{title}</strong>
        <span className={`${classes.dim} numeric`}>{formatDateTime(entry.at)}</span>
      </div>
      <div className={classes.dim}>{entry.actor?.displayName ?? t('timeline.system')}</div>
      {call && <CallOfLine call={call} />}
      {entry.note !== '' && <div className="wrap-anywhere">{noteOf(t, entry)}</div>}
      {details.length > 0 && (
        <div className={`${classes.dim} wrap-anywhere`}>{details.join(' · ')}</div>
      )}
    </li>
  )
}

/** Which call the line speaks of: its way, how long it was, and what the PBX said of it for who may read that. */
function CallOfLine({ call }: { call: Ticket['calls'][number] }) {
  const { t } = useTranslation()
  const { role } = useUser()
  const words = [t(`calls.${call.direction}`), callLength(call)].filter(Boolean).join(' · ')
  return maySee(role, 'calls') ? (
    <Link to="/calls/$callId" params={{ callId: call.id }}>
      {words}
    </Link>
  ) : (
    <div className={classes.dim}>{words}</div>
  )
}

/** A try that reached nobody, and a channel that was agreed, are no answers. */
function titleOf({ kind, fields }: TimelineEntry) {
  if (kind !== 'answered') return kind
  if (fields.agreedBy !== undefined) return 'channel_agreed'
  return fields.kind === 'attempt' ? 'not_reached' : kind
}

/** Where a step led from and to is its sentence already; of an answer it says how it was given. */
function detailsOf({ kind, fields }: TimelineEntry): TimelineEntry['fields'] {
  if (kind === 'answered') {
    const { kind: what, ...others } = fields
    return what === undefined ? fields : { what, ...others }
  }
  if (kind !== 'moved') return fields
  const { from: _from, to: _to, ...others } = fields
  return others
}

/** A person's words as they are; why a promise ended by itself in the reader's language. */
function noteOf(t: TFunction, { kind, note }: TimelineEntry): string {
  return kind === 'callback_ended' && hasText(vi.promiseEnd, note) ? t(`promiseEnd.${note}`) : note
}

/** A step of the process as a sentence: what was done, from where to where; null for other lines. */
function stepSentence(t: TFunction, { kind, fields }: TimelineEntry): string | null {
  if (kind !== 'moved') return null
  const { action, from, to } = fields
  if (typeof action !== 'string' || !hasText(vi.action, action)) return null
  const name = t(`action.${action}`)
  if (typeof from !== 'string' || typeof to !== 'string' || from === to) return name
  if (!hasText(vi.status, from) || !hasText(vi.status, to)) return name
  return t('process.step', {
    action: name,
    from: t(`status.${from}`),
    to: t(`status.${to}`),
  })
}
