import { Table } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TicketRow } from '#contract/tickets.ts'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { Tone } from '../../components/tone.tsx'
import { formatDate, formatTime } from '../../state/local-time.ts'
import { useServerNow } from '../../ticker.ts'
import classes from './ticket.module.css'

/** Tickets as rows; the code is the link, a click anywhere on the row follows it. */
export function TicketTable({ rows }: { rows: readonly TicketRow[] }) {
  const { t } = useTranslation()
  return (
    <Table highlightOnHover verticalSpacing={6} fz={13} bg="var(--surface)" withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('ticket.code')}</Table.Th>
          <Table.Th miw={130}>{t('ticket.subject')}</Table.Th>
          <Table.Th w={180}>{t('customer.title')}</Table.Th>
          <Table.Th>{t('ticket.status')}</Table.Th>
          <Table.Th w={130} visibleFrom="sm">
            {t('ticket.assignee')}
          </Table.Th>
          <Table.Th visibleFrom="sm">{t('ticket.receivedAt')}</Table.Th>
          <Table.Th>{t('ticket.dueAt')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const params = { ticketId: row.id }
  return (
    <Table.Tr
      className={classes.row ?? ''}
      onClick={() => void navigate({ to: '/tickets/$ticketId', params })}
    >
      <Table.Td className="numeric">
        <Link to="/tickets/$ticketId" params={params}>
          {row.code}
        </Link>
      </Table.Td>
      <Table.Td className="wrap-anywhere">
        {row.subject || <span className={classes.dim}>{t('ticket.noSubject')}</span>}
        {(row.priority === 'critical' || row.priority === 'high') && (
          <>
            {' '}
            <Tone tone={row.priority === 'critical' ? 'bad' : 'warn'}>
              {t(`priority.${row.priority}`)}
            </Tone>
          </>
        )}
      </Table.Td>
      <Table.Td className="wrap-anywhere">
        {row.customer?.name ?? <span className={classes.dim}>{t('customer.unknown')}</span>}
        {row.number && (
          <div className={`${classes.dim} numeric`}>
            {row.number.kind === 'anonymous' ? t('incoming.hidden') : row.number.display}
          </div>
        )}
      </Table.Td>
      <Table.Td>
        <TicketStatusTone status={row.status} />
      </Table.Td>
      <Table.Td visibleFrom="sm">{row.assignee?.displayName ?? t('ticket.unassigned')}</Table.Td>
      <Table.Td className="numeric" visibleFrom="sm">
        {formatDate(row.receivedAt)}
        <div className={classes.dim}>{formatTime(row.receivedAt)}</div>
      </Table.Td>
      <Table.Td className="numeric">
        <Due row={row} />
      </Table.Td>
    </Table.Tr>
  )
}

function Due({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  const now = useServerNow()
  if (row.dueAt === null) return t('common.none')
  const isOpen = row.status !== 'closed' && row.status !== 'cancelled'
  return (
    <>
      {formatDate(row.dueAt)}
      {isOpen && Date.parse(row.dueAt) < now && (
        <div>
          <Tone tone="bad">{t('ticket.overdue')}</Tone>
        </div>
      )}
      {isOpen && row.dueProvisional && (
        <div title={t('ticket.provisionalHint')}>
          <Tone tone="warn">{t('ticket.provisional')}</Tone>
        </div>
      )}
    </>
  )
}
