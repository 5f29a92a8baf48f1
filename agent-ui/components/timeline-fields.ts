import type { TimelineFields } from '#contract/tickets.ts'
import { hasText } from '../i18n/known-text.ts'
import { useTranslation } from '../i18n/translation.tsx'
import { vi } from '../i18n/vi.ts'
import { formatDateTime } from '../state/local-time.ts'

/** What was given with a step of the process, in the words of its form; the rest of it are ids. */
const OF_STEPS = [
  'result',
  'causeCode',
  'resolutionCode',
  'resolution',
  'summary',
  'testResult',
  'restoredAt',
  'conclusion',
  'materials',
  'photo',
  'rxDbm',
  'visitAt',
  'messageId',
  'letterReference',
  'letterDate',
  'overrideReason',
  'customerConfirmed',
  'identityUnknown',
  'promise',
] as const satisfies readonly (keyof typeof vi.need)[]

/** Fields of which the value is a choice of a step's form. */
const CHOSEN = ['result', 'reason', 'causeCode', 'resolutionCode']

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/**
 * Where the words of a field's value stand; null when it has none. A key made here and translated in
 * one place costs the compiler 12 seconds less than a call of `t` in each line.
 */
function valueKey(name: string, value: string) {
  if (name === 'outcome' && hasText(vi.outcome, value)) return `outcome.${value}` as const
  if (name === 'outcome' && hasText(vi.callOutcome, value)) return `callOutcome.${value}` as const
  if (name === 'outcome' && hasText(vi.callbackStatus, value)) {
    return `callbackStatus.${value}` as const
  }
  if (name === 'dialStatus' && hasText(vi.dialStatus, value)) return `dialStatus.${value}` as const
  if (name === 'cause') {
    const cause = `c${value}`
    return hasText(vi.hangupCause, cause) ? (`hangupCause.${cause}` as const) : 'hangupCause.other'
  }
  if (name === 'reason' && hasText(vi.endedBy, value)) return `endedBy.${value}` as const
  if (name === 'how' && hasText(vi.how, value)) return `how.${value}` as const
  if (name === 'kind' && hasText(vi.kind, value)) return `kind.${value}` as const
  if (name === 'what' && hasText(vi.replies.kind, value)) return `replies.kind.${value}` as const
  if (name === 'channel' && hasText(vi.channel, value)) return `channel.${value}` as const
  if (name === 'priority' && hasText(vi.priority, value)) return `priority.${value}` as const
  if (name === 'category' && hasText(vi.category, value)) return `category.${value}` as const
  if (name === 'areaClass' && hasText(vi.areaClass, value)) return `areaClass.${value}` as const
  if (name === 'complainant' && hasText(vi.complainantRelation, value)) {
    return `complainantRelation.${value}` as const
  }
  if (name === 'guidanceResult' && hasText(vi.guidanceResult, value)) {
    return `guidanceResult.${value}` as const
  }
  if (CHOSEN.includes(name) && hasText(vi.choice, value)) return `choice.${value}` as const
  if (value === 'true') return 'yesNo.yes'
  if (hasText(vi.ticketRule, value)) return `ticketRule.${value}` as const
  return hasText(vi.yesNo, value) ? (`yesNo.${value}` as const) : null
}

function labelKey(name: string) {
  if (hasText(vi.field, name)) return `field.${name}` as const
  const ofStep = OF_STEPS.find((known) => known === name)
  return ofStep === undefined ? null : (`need.${ofStep}` as const)
}

/** The known fields of a timeline entry as "label: value" lines; ids say nothing to people. */
export function useFieldTexts(fields: TimelineFields): string[] {
  const { t } = useTranslation()
  /** In the reader's language; what has no words is shown as it is. */
  function valueText(name: string, value: string): string {
    if (INSTANT.test(value)) return formatDateTime(value)
    const key = valueKey(name, value)
    return key === null ? value : t(key)
  }
  return Object.entries(fields).flatMap(([name, given]) => {
    const value = String(given)
    const label = labelKey(name)
    return value === '' || label === null ? [] : [`${t(label)}: ${valueText(name, value)}`]
  })
}
