import type { TFunction } from 'i18next'
import type { NotificationView } from '#contract/casework/notifications.ts'
import { hasText } from '../../i18n/known-text.ts'
import { vi } from '../../i18n/vi.ts'
import { formatDateTime } from '../../state/local-time.ts'

/**
 * Which clock, and how far it is; of an outage where and how many call; of a promise when; of a supervisor's
 * command who gave it, and why; who asks for help; what somebody wrote; null of the rest.
 */
export function detailText(t: TFunction, { kind, fields }: NotificationView): string | null {
  if (kind === 'outage_offered') {
    return t('notifications.outage', { name: fields['name'], callers: fields['callers'] })
  }
  if (kind === 'promise_at_risk') {
    return t('notifications.promiseDue', { time: formatDateTime(fields['dueAt'] ?? '') })
  }
  if (kind === 'member_steered') return steeredText(t, fields)
  const { by, text } = fields
  if (kind === 'help_asked') return t('notifications.helpBy', { by })
  if (kind === 'shift_message') return t('notifications.messageBy', { by, text })
  if (kind !== 'clock_alarm') return null
  const clock = fields['clock'] ?? ''
  const step = fields['step'] ?? ''
  const name = hasText(vi.clock, clock) && clock !== 'pausedBy' ? t(`clock.${clock}`) : ''
  const alarm = hasText(vi.notifications.alarm, step) ? t(`notifications.alarm.${step}`) : ''
  return [name, alarm].filter(Boolean).join(': ')
}

/** What the service puts in the place of a reason that a supervisor left out. */
const BY_SUPERVISOR = 'supervisor'

function steeredText(t: TFunction, fields: NotificationView['fields']): string | null {
  const { state = '', reason = '', by, queue, penalty } = fields
  if (!hasText(vi.notifications.steered, state)) return null
  const what = t(`notifications.steered.${state}`, { by, queue, penalty })
  const why = hasText(vi.pause, reason) ? t(`pause.${reason}`) : reason
  // a pause that no reason was given for says so by a word of ours
  return why === '' || why === BY_SUPERVISOR ? what : `${what}: ${why}`
}
