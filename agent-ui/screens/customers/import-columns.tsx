import type { TFunction } from 'i18next'
import type { ImportReport } from '#contract/customer-import.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { importText } from './import-text.ts'

export function importColumns(t: TFunction): readonly ListColumn<ImportReport>[] {
  return [
    {
      id: 'at',
      title: t('imports.at'),
      width: 160,
      cell: ({ startedAt }) => <span className="numeric">{formatDateTime(startedAt)}</span>,
    },
    { id: 'state', title: t('imports.state'), cell: (report) => importText(t, report) },
    {
      id: 'counts',
      title: t('imports.line'),
      cell: ({ created, updated, unchanged, lines }) =>
        t('imports.counts', { created, updated, unchanged, lines }),
    },
  ]
}
