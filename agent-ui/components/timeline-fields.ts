import { useTranslation } from 'react-i18next'
import { hasText } from '../i18n/known-text.ts'
import { vi } from '../i18n/vi.ts'
import { formatDateTime } from '../state/local-time.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

type Translate = ReturnType<typeof useTranslation>['t']

/** The value of a field in the reader's language; what has no words is shown as it is. */
function valueText(t: Translate, name: string, value: string): string {
  if (INSTANT.test(value)) return formatDateTime(value)
  if (name === 'outcome' && hasText(vi.outcome, value)) return t(`outcome.${value}`)
  if (name === 'outcome' && hasText(vi.callOutcome, value)) return t(`callOutcome.${value}`)
  if (name === 'outcome' && hasText(vi.callbackStatus, value)) return t(`callbackStatus.${value}`)
  if (name === 'how' && hasText(vi.how, value)) return t(`how.${value}`)
  if (name === 'kind' && hasText(vi.kind, value)) return t(`kind.${value}`)
  if (name === 'priority' && hasText(vi.priority, value)) return t(`priority.${value}`)
  if (hasText(vi.ticketRule, value)) return t(`ticketRule.${value}`)
  return hasText(vi.yesNo, value) ? t(`yesNo.${value}`) : value
}

/** The known fields of a timeline entry as "label: value" lines; ids say nothing to people. */
export function useFieldTexts(fields: Record<string, string>): string[] {
  const { t } = useTranslation()
  return Object.entries(fields).flatMap(([name, value]) =>
    value !== '' && hasText(vi.field, name)
      ? [`${t(`field.${name}`)}: ${valueText(t, name, value)}`]
      : [],
  )
}
