import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { OutageView } from '#contract/casework/outages.ts'
import { BulkRefusal } from '../../components/bulk-refusal.tsx'
import { DataList } from '../../components/data-list/data-list.tsx'
import { useSelection } from '../../components/data-list/use-selection.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { TicketCard } from '../tickets/ticket-card.tsx'
import { rowId, shortTicketColumns } from './short-ticket-columns.tsx'
import { MOST_AT_ONCE, useLinkTickets } from './use-link-tickets.ts'

interface ChildrenProps {
  ticketId: string
  outage: OutageView
  mayChange: boolean
}

/** The tickets that are part of it; of one that is over, those that were. */
export function OutageChildren({ ticketId, outage, mayChange }: ChildrenProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const isOver = outage.status === 'ended'
  const query = useInfiniteQuery(
    queries.ticketList(isOver ? { pastOutageId: ticketId } : { outageId: ticketId }),
  )
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = useMemo(() => shortTicketColumns(t), [t])
  const selection = useSelection(rows, rowId)
  const unlink = useLinkTickets('unlink', selection.clear)
  const bar = (
    <Button
      size="compact-sm"
      variant="default"
      disabled={selection.ids.size > MOST_AT_ONCE}
      loading={unlink.isPending}
      onClick={() => unlink.mutate({ outageId: ticketId, rows: selection.chosen })}
    >
      {t('outages.unlink')}
    </Button>
  )
  return (
    <>
      {unlink.isError && (
        <BulkRefusal error={unlink.error} names={unlink.variables.rows.map(({ code }) => code)} />
      )}
      <DataList
        label={t(isOver ? 'outages.wasPart' : 'outages.tickets')}
        source={query}
        rows={rows}
        rowId={rowId}
        rowName={({ code }) => code}
        columns={columns}
        {...(mayChange
          ? { selection: { ids: selection.ids, onChange: selection.choose, bar } }
          : {})}
        card={(row) => <TicketCard row={row} />}
        onOpen={({ id }) => void navigate({ to: '/tickets/$ticketId', params: { ticketId: id } })}
        empty={
          isOver
            ? { title: t('outages.noneReleased'), text: t('outages.noneReleasedText') }
            : { title: t('outages.noChildren'), text: t('outages.noChildrenText') }
        }
      />
    </>
  )
}
