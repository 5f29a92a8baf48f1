import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { OutageView } from '#contract/casework/outages.ts'
import { BulkRefusal } from '../../components/bulk-refusal.tsx'
import { DataList } from '../../components/data-list/data-list.tsx'
import { useSelection } from '../../components/data-list/use-selection.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { TicketCard } from '../tickets/ticket-card.tsx'
import { rowId, shortTicketColumns } from './short-ticket-columns.tsx'
import { MOST_AT_ONCE, useLinkTickets } from './use-link-tickets.ts'

interface CandidatesProps {
  ticketId: string
  outage: OutageView
}

/** Open tickets that are part of no outage: those of its area or service, or by words; many are linked at once. */
export function LinkCandidates({ ticketId, outage }: CandidatesProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.normalize('NFC').trim(), 250)
  const query = useInfiniteQuery(queries.ticketList(candidatesQuery(outage, q)))
  const rows = useMemo(
    () => (query.data?.pages.flatMap((page) => page.items) ?? []).filter((row) => !row.isOutage),
    [query.data],
  )
  const columns = useMemo(() => shortTicketColumns(t), [t])
  const selection = useSelection(rows, rowId)
  const link = useLinkTickets('link', selection.clear)
  const count = selection.ids.size
  const bar =
    count > MOST_AT_ONCE ? (
      t('list.tooMany', { most: MOST_AT_ONCE })
    ) : (
      <Button
        size="compact-sm"
        loading={link.isPending}
        onClick={() => link.mutate({ outageId: ticketId, rows: selection.chosen })}
      >
        {t('outages.linkMany', { count })}
      </Button>
    )
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('outages.searchTickets')}
        placeholder={t('outages.searchTickets')}
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {link.isError && (
        <BulkRefusal error={link.error} names={link.variables.rows.map(({ code }) => code)} />
      )}
      <DataList
        label={t('outages.addTickets')}
        source={query}
        rows={rows}
        rowId={rowId}
        rowName={({ code }) => code}
        columns={columns}
        selection={{ ids: selection.ids, onChange: selection.choose, bar }}
        card={(row) => <TicketCard row={row} />}
        onOpen={({ id }) => void navigate({ to: '/tickets/$ticketId', params: { ticketId: id } })}
        empty={{ title: t('outages.noCandidates'), text: t('outages.noCandidatesText') }}
      />
    </>
  )
}

function candidatesQuery({ area, service }: OutageView, q: string): Record<string, string> {
  const open = { status: 'open', outageId: 'none' }
  if (q !== '') return { ...open, q }
  return {
    ...open,
    ...(area === null ? {} : { area }),
    ...(service === null ? {} : { service }),
  }
}
