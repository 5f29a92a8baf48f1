import type { TicketRow } from '#contract/tickets.ts'
import { useTranslation } from '../i18n/translation.tsx'
import { formatDate, formatDateTime } from '../state/local-time.ts'
import { useCoarseNow } from '../ticker.ts'
import { remainingText } from './span-text.ts'
import { Tone } from './tone.tsx'

type DueFacts = Pick<TicketRow, 'dueAt' | 'status' | 'dueProvisional'>

/** The deadline of a ticket in one line: the day, what is left of it, and whether it may move. */
export function TicketDue({ row }: { row: DueFacts }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  if (row.dueAt === null) return t('common.none')
  const isOpen = row.status !== 'closed' && row.status !== 'cancelled'
  const isOverdue = isOpen && Date.parse(row.dueAt) < now
  return (
    <span className="numeric" title={formatDateTime(row.dueAt)}>
      {isOverdue ? (
        <Tone tone="bad">{remainingText(t, row.dueAt, now)}</Tone>
      ) : (
        formatDate(row.dueAt)
      )}
      {isOpen && row.dueProvisional && (
        <span title={t('ticket.provisionalHint')}>
          {' '}
          <Tone tone="warn">{t('ticket.provisional')}</Tone>
        </span>
      )}
    </span>
  )
}
