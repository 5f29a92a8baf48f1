import type { TFunction } from 'i18next'
import type { Team, TicketRow } from '#contract/tickets.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { spanText } from '../../components/span-text.ts'
import { VisitHour } from '../../components/ticket-visit.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useCoarseNow } from '../../ticker.ts'
import { ticketColumns } from '../tickets/ticket-columns.tsx'

/** The columns of a team's work: where it is, how long it has been there, what it is about. */
export function workColumns(t: TFunction, kind: Team): readonly ListColumn<TicketRow>[] {
  const { status, code, subject, who, assignee, dueAt } = ticketColumns(t)
  return [
    status,
    {
      id: 'since',
      title: t('work.since'),
      width: 104,
      cell: (row) => <Since row={row} />,
    },
    code,
    subject,
    who,
    ...(kind === 'field' ? [visitColumn(t)] : []),
    { id: 'area', title: t('work.area'), width: 110, cell: (row) => row.area ?? t('common.none') },
    assignee,
    { ...dueAt, width: 122 },
  ]
}

/** Field staff go when the customer is there. */
function visitColumn(t: TFunction): ListColumn<TicketRow> {
  return {
    id: 'visit',
    title: t('ticket.visitAt'),
    width: 116,
    cell: ({ visitAt }) =>
      visitAt === null ? t('common.none') : <VisitHour at={visitAt} isShort />,
  }
}

function Since({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  return <span className="numeric">{spanText(t, now - Date.parse(row.statusSince))}</span>
}
