import type { Instant } from '#contract/primitives.ts'
import type { TicketStatus } from '#contract/tickets.ts'
import { laterOf } from '../time.ts'
import type { Case, CaseChange } from './case.ts'
import type { ProcessEffect } from './effect.ts'
import { replyChannel } from './objections.ts'
import { movedTo } from './walk.ts'

/** How the outage ended that a ticket is linked to. */
export interface OutageEnd {
  /** Its parent was cancelled: it was no outage. */
  cancelled: boolean
  /** When service was restored. */
  restoredAt: Instant
  /** When the customer is called back; null: not by this. */
  callbackAt: Instant | null
  now: Instant
}

export interface Released {
  change: CaseChange
  effects: ProcessEffect[]
}

/** `process.md` row 33: from these a child goes to the answer; all others stay where they are. */
const TO_REPLY: readonly TicketStatus[] = [
  'new',
  'guiding',
  'callback_due',
  'noc_queued',
  'noc_diagnosing',
  'noc_core_fix',
  'field_queued',
  'field_working',
  'noc_verifying',
  'need_customer_info',
]

const STAGES = ['noc', 'field', 'verify'] as const

/** Whether the end of an outage moves a ticket from this state to the answer. */
export function isReleased(status: TicketStatus): boolean {
  return TO_REPLY.includes(status)
}

/**
 * The service's own move at the end of an outage (`process.md` row 33): the child's clocks go on; of a
 * closed parent it has a result, and waits for its answer. Null for a ticket that is linked to none.
 */
export function release(ticket: Case, end: OutageEnd): Released | null {
  if (ticket.parentOutageId === null) return null
  const unlinked: CaseChange = { parentOutageId: null }
  const goOn: ProcessEffect = { type: 'resume_clocks', why: 'outage' }
  if (end.cancelled || ticket.mergedInto !== null || !isReleased(ticket.status)) {
    return { change: unlinked, effects: [goOn] }
  }
  const restoredAt = ticket.restoredAt ?? laterOf(end.restoredAt, ticket.receivedAt)
  return {
    change: {
      ...movedTo(ticket, 'customer_reply', end.now),
      ...unlinked,
      resultKnownAt: end.now,
      restoredAt,
      returnStatus: null,
      returnAssigneeId: null,
      openQuestion: null,
    },
    effects: [
      goOn,
      { type: 'resume_clocks', why: 'customer_info' },
      ...STAGES.map((clock) => ({ type: 'stop_clock' as const, clock })),
      { type: 'stop_clock', clock: 'restoration', at: restoredAt },
      { type: 'start_clock', clock: 'reply' },
      ...callback(ticket, end),
    ],
  }
}

/** Who wrote to us is not called: the answer goes out on the channel of the complaint. */
function callback(ticket: Case, { callbackAt: dueAt }: OutageEnd): ProcessEffect[] {
  const isByCall = replyChannel(ticket) === 'hotline'
  return isByCall && dueAt !== null ? [{ type: 'promise_callback', dueAt }] : []
}
