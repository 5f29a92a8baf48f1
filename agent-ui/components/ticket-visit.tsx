import type { TicketRow } from '#contract/tickets.ts'
import { useTranslation } from '../i18n/translation.tsx'
import { formatDateTime, formatShort } from '../state/local-time.ts'
import { useCoarseNow } from '../ticker.ts'
import { Tone } from './tone.tsx'

/** The hour at which the customer wants a technician, where one was asked for. */
export function TicketVisit({ row }: { row: Pick<TicketRow, 'visitAt'> }) {
  const { t } = useTranslation()
  if (row.visitAt === null) return null
  return (
    <span>
      {t('ticket.visitAt')}: <VisitHour at={row.visitAt} />
    </span>
  )
}

/** It stands out in a list: today as a time, and once it is past as a warning. */
export function VisitHour({ at, isShort = false }: { at: string; isShort?: boolean }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const text = isShort ? formatShort(at, now) : formatDateTime(at)
  const isPast = Date.parse(at) < now
  return (
    <span title={isPast ? t('ticket.visitPast') : formatDateTime(at)}>
      {isPast ? <Tone tone="warn">{text}</Tone> : <strong className="numeric">{text}</strong>}
    </span>
  )
}
