import type { TFunction } from 'i18next'
import type { ImportReport } from '#contract/customer-import.ts'

/** How an import stands, in one sentence. */
export function importText(t: TFunction, report: ImportReport): string {
  switch (report.status) {
    case 'reading':
      return t('imports.reading', { lines: report.lines })
    case 'switching':
      return t('imports.switching')
    case 'done':
      return t(report.dryRun ? 'imports.dryDone' : 'imports.done')
    case 'refused':
      return t('imports.refused', { count: report.faultCount })
    case 'stopped':
      return t('imports.stopped')
    default:
      return report.status satisfies never
  }
}
