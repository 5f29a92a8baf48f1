import { Table } from '@mantine/core'
import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallRow } from '#contract/calls.ts'
import { formatSpan } from '../../state/countdown.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { CallResult } from './call-result.tsx'

export function CallTable({ rows }: { rows: readonly CallRow[] }) {
  const { t } = useTranslation()
  return (
    <Table highlightOnHover verticalSpacing={6} bg="var(--surface)" withTableBorder>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('calls.enteredAt')}</Table.Th>
          <Table.Th>{t('calls.direction')}</Table.Th>
          <Table.Th>{t('calls.number')}</Table.Th>
          <Table.Th>{t('calls.queue')}</Table.Th>
          <Table.Th>{t('calls.wait')}</Table.Th>
          <Table.Th>{t('calls.talk')}</Table.Th>
          <Table.Th>{t('calls.outcome')}</Table.Th>
          <Table.Th>{t('calls.ticket')}</Table.Th>
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

function spanText(seconds: number | null): string | null {
  return seconds === null ? null : formatSpan(seconds * 1_000)
}

function Row({ row }: { row: CallRow }) {
  const { t } = useTranslation()
  const DirectionIcon = row.direction === 'callback' ? IconPhoneOutgoing : IconPhoneIncoming
  return (
    <Table.Tr>
      <Table.Td className="numeric">
        <Link to="/calls/$callId" params={{ callId: row.id }}>
          {formatDateTime(row.enteredAt)}
        </Link>
      </Table.Td>
      <Table.Td>
        <DirectionIcon size={14} aria-hidden style={{ verticalAlign: -2 }} />{' '}
        {t(`calls.${row.direction}`)}
      </Table.Td>
      <Table.Td className="numeric">
        {row.number.kind === 'anonymous' ? t('incoming.hidden') : row.number.display}
      </Table.Td>
      <Table.Td>{row.queue ?? t('common.none')}</Table.Td>
      <Table.Td className="numeric">{spanText(row.waitSeconds) ?? t('common.none')}</Table.Td>
      <Table.Td className="numeric">{spanText(row.talkSeconds) ?? t('common.none')}</Table.Td>
      <Table.Td>
        <CallResult call={row} />
      </Table.Td>
      <Table.Td className="numeric">
        {row.ticket ? (
          <Link to="/tickets/$ticketId" params={{ ticketId: row.ticket.id }}>
            {row.ticket.code}
          </Link>
        ) : (
          t('common.none')
        )}
      </Table.Td>
    </Table.Tr>
  )
}
