import { useTranslation } from 'react-i18next'
import type { vi } from '../i18n/vi.ts'
import { formatDateTime } from '../state/local-time.ts'

type FieldName = keyof typeof vi.field
type AnyKey = 'common.none'

const TRANSLATED: Record<string, readonly string[]> = {
  outcome: ['outcome', 'callOutcome', 'callbackStatus'],
  how: ['how'],
  reason: ['ticketRule'],
  rule: ['ticketRule'],
  kind: ['kind'],
  priority: ['priority'],
  succeeded: ['yesNo'],
}

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** The known fields of a timeline entry as "label: value" lines; ids say nothing to people. */
export function useFieldTexts(fields: Record<string, string>): string[] {
  const { t, i18n } = useTranslation()
  const valueText = (name: string, value: string): string => {
    if (INSTANT.test(value)) return formatDateTime(value)
    const key = (TRANSLATED[name] ?? [])
      .map((section) => `${section}.${value}`)
      .find((candidate) => i18n.exists(candidate))
    return key ? t(key as AnyKey) : value
  }
  return Object.entries(fields)
    .filter(([name, value]) => value !== '' && i18n.exists(`field.${name}`))
    .map(([name, value]) => `${t(`field.${name as FieldName}`)}: ${valueText(name, value)}`)
}
