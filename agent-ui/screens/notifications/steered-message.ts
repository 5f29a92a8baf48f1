import { notifications } from '@mantine/notifications'
import { t } from 'i18next'
import type { NotificationView } from '#contract/casework/notifications.ts'
import { say } from '../../components/say.ts'
import { detailText } from './notification-detail.ts'

const ID = 'steered'

/**
 * Stays until it is closed, or something else was done with this person: they may look at the customer,
 * not at the page.
 */
export function showSteered(told: NotificationView): void {
  notifications.hide(ID)
  say({
    id: ID,
    color: 'yellow.9',
    message: detailText(t, told),
    autoClose: false,
  })
}
