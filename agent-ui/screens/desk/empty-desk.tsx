import { Text } from '@mantine/core'
import { IconHeadset } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import type { AgentStateName } from '#contract/desk.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { step } from '../../workspace-store.ts'
import { MyDay } from './my-day.tsx'
import rail from './rail.module.css'
import tickets from '../tickets/ticket.module.css'
import classes from './desk.module.css'

const HINTS = { ready: 'emptyReady', paused: 'emptyPaused', offline: 'emptyOffline' } as const

/** Between calls: what to expect, and the work that waits. */
export const EmptyDesk = memo(function EmptyDesk({ state }: { state: AgentStateName }) {
  const { t } = useTranslation()
  return (
    <div className={classes.stack}>
      <Panel lead title={t('desk.title')}>
        <div className={classes.empty}>
          <IconHeadset size={36} aria-hidden />
          <Text fw={600} size="lg">
            {t('desk.emptyTitle')}
          </Text>
          <Text c="dimmed">{t(`desk.${HINTS[state]}`)}</Text>
        </div>
      </Panel>
      <MyDay />
      <MyTickets />
    </div>
  )
})

function MyTickets() {
  const { t } = useTranslation()
  const user = useUser()
  const query = useQuery(queries.myTickets(user.id))
  return (
    <Panel title={t('desk.myTickets')} flush>
      {query.isPending && <Loading rows={3} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && <Empty title={t('desk.noTickets')} />}
      <ul className={tickets.list}>
        {query.data?.items.map((row) => (
          <MyTicket key={row.id} row={row} />
        ))}
      </ul>
    </Panel>
  )
}

function MyTicket({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  return (
    <li className={tickets.item}>
      <div className={tickets.itemHead}>
        <button
          type="button"
          className={rail.link}
          onClick={() => step({ type: 'ticket_opened', ticketId: row.id })}
        >
          {row.code}
        </button>
        <TicketStatusTone status={row.status} />
      </div>
      <div className="wrap-anywhere">
        {row.customer?.name ?? row.number?.display ?? t('customer.unknown')} ·{' '}
        {row.subject || t('ticket.noSubject')}
      </div>
      {row.dueAt && (
        <div className={tickets.dim}>
          {t('ticket.dueAt')}: {formatDateTime(row.dueAt)}
        </div>
      )}
    </li>
  )
}
