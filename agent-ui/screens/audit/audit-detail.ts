import type { TFunction } from 'i18next'
import type { AuditEntry } from '#contract/audit.ts'
import { hasText } from '../../i18n/known-text.ts'
import { viLater } from '../../i18n/vi-later.ts'
import { vi } from '../../i18n/vi.ts'
import { formatDateTime } from '../../state/local-time.ts'

type Told = Pick<AuditEntry, 'detail' | 'names'>

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/
/** Between what was and what is, and between several. */
const APART = /( → |, )/

/** What a line is about: by the name of what has an id, else in words, else as it is written. */
export function subjectText(
  t: TFunction,
  { action, subject, names }: Pick<AuditEntry, 'action' | 'subject' | 'names'>,
): string {
  if (action === 'customers.imported') return t('audit.subjects.file')
  if (action === 'checklist.published' && hasText(vi.category, subject)) {
    return t(`category.${subject}`)
  }
  const name = names[subject]
  if (name !== undefined) return name
  return hasText(viLater.audit.subjects, subject) ? t(`audit.subjects.${subject}`) : subject
}

/** "Name: value" of each detail that says something; a name without words is the site's own, such as a queue's. */
export function detailText(t: TFunction, { detail, names }: Told): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      const label = hasText(viLater.audit.fields, name) ? t(`audit.fields.${name}`) : name
      return `${label}: ${valueText(t, name, { value, names })}`
    })
    .join(' · ')
}

function valueText(
  t: TFunction,
  name: string,
  { value, names }: { value: string; names: Told['names'] },
): string {
  if (INSTANT.test(value)) return formatDateTime(value)
  return value
    .split(APART)
    .map((part) => {
      const key = partKey(name, part)
      return names[part] ?? (key === null ? part : t(key))
    })
    .join('')
}

/** Where the words of a value stand; null when it is written as people read it. */
function partKey(name: string, value: string) {
  if (value === 'true') return 'yesNo.yes'
  if (value === 'false') return 'yesNo.no'
  if (name === 'role' && hasText(vi.role, value)) return `role.${value}` as const
  if (name === 'team' && hasText(vi.teamKind, value)) return `teamKind.${value}` as const
  if (name === 'list' && hasText(vi.screen, value)) return `screen.${value}` as const
  if (name === 'what' && hasText(viLater.audit.whats, value)) return `audit.whats.${value}` as const
  if (name === 'result' && hasText(vi.choice, value)) return `choice.${value}` as const
  if (name === 'state' && hasText(vi.memberState, value)) return `memberState.${value}` as const
  if (name === 'reason' && hasText(vi.pause, value)) return `pause.${value}` as const
  if (['outcome', 'was'].includes(name) && hasText(vi.outcome, value)) {
    return `outcome.${value}` as const
  }
  if (name === 'profile' && (value === 'S' || value === 'G')) {
    return `workingCalendar.profile${value}` as const
  }
  return hasText(viLater.settings.missedRules, value)
    ? (`settings.missedRules.${value}` as const)
    : null
}
