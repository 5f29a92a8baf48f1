import type { CallCounts } from '#contract/supervision/figures.ts'
import type { Instant } from '#contract/primitives.ts'
import type { AttemptStage } from '#contract/callbacks.ts'
import type { Call } from './call.ts'

/**
 * What the call book concluded. Each fact is stated once per call and cause, however often, late or
 * out of order its events came. `call` is the call after the fact.
 */
export type CallFact =
  /** A hotline caller entered a queue for the first time (or a tagged direct call began). */
  | { type: 'call_entered'; at: Instant; call: Call }
  /** One agent's phone rings for this call. */
  | { type: 'agent_ringing'; at: Instant; call: Call; extension: string }
  /** It stopped ringing without this agent answering. */
  | { type: 'agent_ring_ended'; at: Instant; call: Call; extension: string; reason: RingEndReason }
  /** The ticket moment: the first confirmed answer of the conversation (`design.md` §5 rule 1). */
  | { type: 'call_answered'; at: Instant; call: Call; extension: string }
  /** A further agent took part: transfer, re-queue or pickup after the first answer. */
  | { type: 'agent_joined'; at: Instant; call: Call; extension: string }
  /** An agent takes part and no ticket is owed yet: the answer of a queue that is no hotline's. */
  | { type: 'answered_without_ticket'; at: Instant; call: Call; extension: string }
  /** An agent's segment ended while the call may go on. */
  | { type: 'agent_left'; at: Instant; call: Call; extension: string }
  /** An agent asks a colleague while the customer waits, the colleague answered, or is asked no more. */
  | { type: 'consult_changed'; at: Instant; call: Call }
  | { type: 'call_held'; at: Instant; call: Call }
  | { type: 'call_resumed'; at: Instant; call: Call }
  /** The caller left the queue by key and keeps the place, or chose another number for it. */
  | { type: 'callback_asked'; at: Instant; call: Call; number: string }
  /** The caller hung up before anyone answered; decided at the Hangup, never earlier. */
  | { type: 'call_abandoned'; at: Instant; call: Call }
  /** The caller's channel is gone, whatever came before. Follows `call_abandoned` too. */
  | { type: 'call_ended'; at: Instant; call: Call }
  /**
   * What the call adds to the counters of `call.queue` on the day of `call.enteredAt` changed: it
   * entered, was answered or abandoned, or better evidence corrected that. Counters gain
   * `after − before`; the entry, answer and abandon facts themselves count nothing.
   */
  | { type: 'call_counted'; at: Instant; call: Call; before: CallCounts; after: CallCounts }
  /** A ticket is owed for an answer that nobody heard of or that could not be saved. */
  | { type: 'ticket_owed'; at: Instant; call: Call }
  /** A promised callback's channel moved on; `call.callback` holds the evidence. */
  | { type: 'callback_progressed'; at: Instant; call: Call; stage: AttemptStage }

/**
 * Agents' parts of these calls are over, or what is known of such was corrected; each call as it is now and as it
 * was saved before, null for a new one. Stated once per transaction, when their rows are written.
 */
export interface PartsFact {
  type: 'parts_changed'
  changes: readonly { callId: string; call: Call; before: Call | null }[]
}

export type RingEndReason = 'no_answer' | 'answered_elsewhere' | 'caller_left' | 'rejected'
