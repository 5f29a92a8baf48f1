import type { TFunction } from 'i18next'
import type { TicketRow } from '#contract/tickets.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { spanText } from '../../components/span-text.ts'
import { useCoarseNow } from '../../ticker.ts'
import { ticketColumns } from '../tickets/ticket-columns.tsx'
import { useTranslation } from 'react-i18next'

/** The columns of a team's work: where it is, how long it has been there, what it is about. */
export function workColumns(t: TFunction): readonly ListColumn<TicketRow>[] {
  const { status, code, subject, who, assignee, dueAt } = ticketColumns(t)
  return [
    status,
    {
      id: 'since',
      title: t('work.since'),
      width: 120,
      cell: (row) => <Since row={row} />,
    },
    code,
    subject,
    { ...who, width: 150 },
    { id: 'area', title: t('work.area'), width: 110, cell: (row) => row.area ?? t('common.none') },
    { ...assignee, width: 120 },
    { ...dueAt, width: 130 },
  ]
}

function Since({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  return <span className="numeric">{spanText(t, now - Date.parse(row.statusSince))}</span>
}
