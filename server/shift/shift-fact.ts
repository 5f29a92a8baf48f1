import type { HelpEnd } from '#contract/supervision/help.ts'
import type { StaffSignedIn } from '../staff/staff-fact.ts'

/** What supervisors and agents do with one another; each in the transaction that made it true. */
export type ShiftFact =
  | StaffSignedIn
  /** An agent asks for help. */
  | {
      type: 'help_asked'
      helpId: string
      actorId: string
      name: string
      callId: string | null
      ticketId: string | null
    }
  /** A supervisor comes. */
  | { type: 'help_taken'; helpId: string; actorId: string; agentId: string }
  /** Nobody needs to come any more; `actorId` is null when no person ended it. */
  | { type: 'help_ended'; helpId: string; actorId: string | null; end: HelpEnd }
  /** A supervisor wrote to one person (`toId`) or to the shift; these people are told now. */
  | {
      type: 'message_sent'
      messageId: string
      actorId: string
      by: string
      text: string
      toId: string | null
      staffIds: readonly string[]
    }
  /** Whoever signed in is told what the shift was told before. */
  | {
      type: 'message_due'
      messageId: string
      by: string
      text: string
      staffIds: readonly string[]
    }
  /** A shift was handed over, or the note of that says something else. */
  | { type: 'handed_over'; handoverId: string; actorId: string; version: number }

type Audited = Exclude<ShiftFact, { type: 'message_due' | 'staff_signed_in' }>

/** What the audit keeps of it: never the words themselves. */
export function shiftAudit(fact: Audited) {
  const { actorId } = fact
  switch (fact.type) {
    case 'help_asked': {
      const { callId, ticketId } = fact
      const detail = { ...(callId && { callId }), ...(ticketId && { ticketId }) }
      return { actorId, action: 'help.asked', subject: fact.helpId, detail }
    }
    case 'help_taken': {
      const { helpId: subject, agentId } = fact
      return { actorId, action: 'help.taken', subject, detail: { agentId } }
    }
    case 'help_ended': {
      const { helpId: subject, end } = fact
      return { actorId, action: 'help.ended', subject, detail: { end } }
    }
    case 'message_sent': {
      const { messageId: subject, toId, staffIds } = fact
      const detail = { to: toId ?? 'shift', told: String(staffIds.length) }
      return { actorId, action: 'shift.message_sent', subject, detail }
    }
    case 'handed_over': {
      const { handoverId: subject, version } = fact
      return { actorId, action: 'shift.handed_over', subject, detail: { version: String(version) } }
    }
  }
}

/** What people are told of it, and under which key once. */
export function shiftNotice(fact: Extract<ShiftFact, { type: 'message_sent' | 'message_due' }>) {
  const { messageId, by, text, staffIds } = fact
  return {
    staffIds,
    kind: 'shift_message' as const,
    ticketId: null,
    fields: { by, text },
    onceKey: messageKey(messageId),
  }
}

export function helpKey(helpId: string): string {
  return `help/${helpId}`
}

export function messageKey(messageId: string): string {
  return `message/${messageId}`
}
