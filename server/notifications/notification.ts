import { z } from 'zod'
import {
  type NotificationKind,
  notificationKind,
  type NotificationView,
} from '#contract/casework/notifications.ts'
import type { Row } from '../db/schema.ts'

/** Something to tell people, in the transaction that makes it true. */
export interface Notice {
  staffIds: readonly string[]
  kind: NotificationKind
  ticketId: string | null
  fields: Record<string, string>
  /** Who was told under this key already is not told again. */
  onceKey: string
}

/** A stored notification with the ticket it speaks of. */
export interface StoredNotification extends Omit<Row<'notification'>, 'staff_id' | 'once_key'> {
  code: string | null
  subject: string | null
}

const storedFields = z.record(z.string(), z.string())

export function toNotificationView(row: StoredNotification): NotificationView {
  const { id, at, ticket_id, code, subject } = row
  return {
    id,
    at,
    kind: notificationKind.parse(row.kind),
    ticket:
      ticket_id === null || code === null ? null : { id: ticket_id, code, subject: subject ?? '' },
    fields: storedFields.parse(JSON.parse(row.fields)),
    readAt: row.read_at,
  }
}
