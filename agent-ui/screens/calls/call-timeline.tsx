import { IconTicket, IconTicketOff } from '@tabler/icons-react'
import type { CallDetail } from '#contract/calls.ts'
import { Empty } from '../../components/failure.tsx'
import { useFieldTexts } from '../../components/timeline-fields.ts'
import { Tone } from '../../components/tone.tsx'
import { hasText } from '../../i18n/known-text.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { vi } from '../../i18n/vi.ts'
import { callLine } from '../../state/call-line.ts'
import { formatClock } from '../../state/local-time.ts'
import classes from './call.module.css'

type Entry = CallDetail['timeline'][number]

/** What the PBX said in order, with the service's conclusions standing out. */
export function CallTimeline({ call }: { call: CallDetail }) {
  const { t } = useTranslation()
  return (
    <details className={classes.why}>
      <summary>{t('calls.timeline')}</summary>
      {call.timeline.length === 0 ? (
        <Empty title={t('calls.noTimeline')} />
      ) : (
        <ol className={classes.timeline}>
          {call.timeline.map((entry) => (
            <Line key={`${entry.at}-${entry.kind}-${JSON.stringify(entry.detail)}`} entry={entry} />
          ))}
        </ol>
      )}
      <p className={classes.uniqueid}>
        {t('calls.uniqueid')}: {call.pbxId} · {call.uniqueid}
      </p>
    </details>
  )
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const details = useFieldTexts(callLine(entry.detail))
  const { kind } = entry
  const text = hasText(vi.callEvent, kind) ? t(`callEvent.${kind}`) : entry.text
  return (
    <li className={classes.line}>
      <span className={`${classes.at} numeric`}>{formatClock(entry.at)}</span>
      <div>
        <EventText kind={kind} text={text} />
        {details.length > 0 && <div className={classes.details}>{details.join(' · ')}</div>}
      </div>
    </li>
  )
}

function EventText({ kind, text }: { kind: string; text: string }) {
  if (kind === 'ticket_opened') {
    return (
      <Tone tone="ok" icon={<IconTicket size={14} aria-hidden />}>
        {text}
      </Tone>
    )
  }
  return kind === 'no_ticket' ? (
    <Tone tone="warn" icon={<IconTicketOff size={14} aria-hidden />}>
      {text}
    </Tone>
  ) : (
    <span>{text}</span>
  )
}
