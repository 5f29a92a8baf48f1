import { notifications } from '@mantine/notifications'
import { t } from 'i18next'
import type { NotificationView } from '#contract/casework/notifications.ts'
import { detailText } from './notification-detail.ts'

/** Stays until it is closed: who was steered may look at the customer, not at the page. */
export function showSteered(told: NotificationView): void {
  notifications.show({
    id: `steered ${told.id}`,
    color: 'yellow.9',
    title: t(`notifications.kind.${told.kind}`),
    message: detailText(t, told),
    autoClose: false,
    closeButtonProps: { 'aria-label': t('common.close') },
  })
}
