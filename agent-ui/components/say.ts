import { notifications } from '@mantine/notifications'
import type { NotificationData } from '@mantine/notifications'
import { t } from 'i18next'

let said = 0

/** Shows a message before all earlier ones, which wait while there is no room for them; answers its id. */
export function say(message: NotificationData): string {
  said += 1
  const closeButtonProps = { 'aria-label': t('common.close') }
  return notifications.show({ closeButtonProps, ...message, priority: said })
}
