import type { TFunction } from 'i18next'
import type { AuditEntry } from '#contract/audit.ts'
import { hasText } from '../../i18n/known-text.ts'
import { vi } from '../../i18n/vi.ts'
import { formatDateTime } from '../../state/local-time.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** "Name: value" of each detail that says something; a name without words is the site's own, such as a queue's. */
export function detailText(t: TFunction, detail: AuditEntry['detail']): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      const label = hasText(vi.audit.fields, name) ? t(`audit.fields.${name}`) : name
      return `${label}: ${INSTANT.test(value) ? formatDateTime(value) : value}`
    })
    .join(' · ')
}
