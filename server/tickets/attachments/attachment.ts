import type { Attachment } from '#contract/casework/attachments.ts'
import { attachmentType } from '#contract/casework/attachments.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Role, SessionUser } from '#contract/staff.ts'
import type { Row } from '../../db/schema.ts'

export type StoredAttachment = Row<'attachment'>

/** A ticket with more is no ticket but a folder. */
export const MOST_ATTACHMENTS = 100

/** How long its author may take back what they attached. */
const REMOVABLE_MINUTES = 60
const LEADS: readonly Role[] = ['supervisor', 'admin']

/** Who opens the files of a ticket and adds some: everybody who reads it, field staff only of their own. */
export function mayOpen({ role }: Pick<SessionUser, 'role'>, isTheirs: boolean): boolean {
  return role !== 'field' || isTheirs
}

export function mayRemove(
  user: Pick<SessionUser, 'id' | 'role'>,
  { uploaded_by, uploaded_at }: Pick<StoredAttachment, 'uploaded_by' | 'uploaded_at'>,
  now: Instant,
): boolean {
  if (LEADS.includes(user.role)) return true
  const age = Date.parse(now) - Date.parse(uploaded_at)
  return uploaded_by === user.id && age <= REMOVABLE_MINUTES * 60_000
}

export function toAttachment(
  row: StoredAttachment,
  by: Attachment['by'],
  { isRemovable, hasThumbnail }: { isRemovable: boolean; hasThumbnail: boolean },
): Attachment {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    name: row.name,
    type: attachmentType.parse(row.type),
    size: row.size,
    at: row.uploaded_at,
    by,
    hasThumbnail,
    mayRemove: isRemovable,
  }
}
