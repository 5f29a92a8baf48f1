import { useMemo, useState } from 'react'
import { useTranslation } from '../i18n/translation.tsx'
import { RequestFailed } from '../request.ts'
import { DataList } from '../components/data-list/data-list.tsx'
import type { ListSource } from '../components/data-list/list-types.ts'
import { ticketColumns } from '../screens/tickets/ticket-columns.tsx'
import { aTicket } from '../test-support/samples.ts'
import { Shelf, State } from './shelf.tsx'

const READ: ListSource = {
  isPending: false,
  isError: false,
  error: null,
  refetch: () => undefined,
  dataUpdatedAt: Date.now(),
}
const failed = { isError: true, error: new RequestFailed('unreachable', null, null) }
const SOURCES: Record<string, ListSource> = {
  loading: { ...READ, isPending: true },
  failed: { ...READ, ...failed },
  empty: READ,
  'read, one row chosen': READ,
  'stale: could not be read again': { ...READ, ...failed },
  'other filters are on their way': { ...READ, isPlaceholderData: true },
}
const ROWS = [
  aTicket({ id: 'a', code: 'KN-2026-000121', priority: 'critical', status: 'noc_queued' }),
  aTicket({
    id: 'b',
    code: 'KN-2026-000122',
    status: 'field_working',
    dueAt: '2026-01-01T00:00:00.000Z',
  }),
  aTicket({
    id: 'c',
    code: 'KN-2026-000123',
    subject: 'Một tiêu đề dài để xem danh sách cắt chữ ở đâu khi không còn chỗ cho nó nữa',
  }),
]

/** A list in each of its states. */
export function ListShelf() {
  const { t } = useTranslation()
  const [ids, choose] = useState<ReadonlySet<string>>(new Set(['b']))
  const columns = useMemo(() => Object.values(ticketColumns(t)), [t])
  return (
    <Shelf title="Lists">
      {Object.entries(SOURCES).map(([name, source]) => (
        <State key={name} name={name}>
          <DataList
            label={name}
            source={source}
            rows={name === 'empty' || name === 'failed' ? [] : ROWS}
            rowId={({ id }) => id}
            rowName={({ code }) => code}
            columns={columns}
            verbs={() => [
              { id: 'take', label: t('action.accept'), main: true, run: () => undefined },
              { id: 'give', label: t('work.assign'), run: () => undefined },
            ]}
            selection={{ ids, onChange: choose, bar: null }}
            empty={{ title: t('tickets.empty'), text: t('tickets.emptyHint') }}
          />
        </State>
      ))}
    </Shelf>
  )
}
