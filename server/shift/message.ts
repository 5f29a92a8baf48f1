import type { Instant } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import type { MessageReceipt, MessageView } from '#contract/supervision/messages.ts'

/** Somebody who was told of it. */
export interface Told {
  staffId: string
  readAt: Instant | null
}

export interface ToldCount {
  told: number
  read: number
}

/** What a row of it says. */
export interface Message {
  id: string
  staff_id: string | null
  text: string
  sent_at: Instant
  valid_until: Instant
}

type NameOf = (id: string) => { id: string; displayName: string } | null

/** Who takes part in a shift of the hotline: NOC and field have boards of their own. */
export function isOnShift({ role }: { role: Role }): boolean {
  return role === 'agent' || role === 'supervisor'
}

export function messageView(
  message: Message,
  counted: ToldCount | undefined,
  nameOf: NameOf,
): MessageView {
  const { id, staff_id, text, sent_at: sentAt, valid_until: validUntil } = message
  const { told, read } = counted ?? { told: 0, read: 0 }
  const to = staff_id === null ? null : named(staff_id, nameOf)
  return { id, to, text, sentAt, validUntil, told, read }
}

/** Who has not read it first, then by name. */
export function receiptsOf(told: readonly Told[], nameOf: NameOf): MessageReceipt[] {
  return told
    .map(({ staffId, readAt }) => ({ ...named(staffId, nameOf), readAt }))
    .toSorted(
      (a, b) =>
        Number(a.readAt !== null) - Number(b.readAt !== null) ||
        a.displayName.localeCompare(b.displayName, 'vi'),
    )
}

function named(id: string, nameOf: NameOf): { id: string; displayName: string } {
  return { id, displayName: nameOf(id)?.displayName ?? '' }
}
