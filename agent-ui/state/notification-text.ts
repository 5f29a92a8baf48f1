import type { NotificationView } from '#contract/casework/notifications.ts'

/** Notifications with the one that just arrived on top; the same one is replaced. */
export function withNotification(
  known: readonly NotificationView[],
  news: NotificationView,
): NotificationView[] {
  return [news, ...known.filter(({ id }) => id !== news.id)]
}
