import type { ClockKind, PauseReason, ProcessAction } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { TicketStatus } from '#contract/tickets.ts'

/** What a transition asks of other features, as data: `workflow.ts` says who does it. */
export type ProcessEffect =
  /**
   * A new running of a stage clock; a running one of the same kind is stopped first. A clock of the
   * whole ticket runs on, where the ticket has it.
   */
  | { type: 'start_clock'; clock: ClockKind; dueAt?: Instant }
  /** `at`: an earlier moment that a person named (service restored); else the moment of the step. */
  | { type: 'stop_clock'; clock: ClockKind; at?: Instant }
  /** All clocks of the ticket, and their result as it stands. */
  | { type: 'freeze_clocks' }
  /** An answer or closing is void: the frozen result thaws and the whole case runs on from its receipt. */
  | { type: 'thaw_clocks' }
  /** Stage clocks wait; `until` when it is known. */
  | { type: 'pause_clocks'; why: PauseReason; until: Instant | null }
  | { type: 'resume_clocks'; why: PauseReason }
  /**
   * The call-back of step 1, 30 minutes from now, to the confirmed contact number; with `dueAt` the
   * answer after an outage, at that moment, where the customer can be called.
   */
  | { type: 'promise_callback'; dueAt?: Instant }
  /** The customer was not reached: the open promise is tried again at `dueAt`. */
  | { type: 'retry_promise'; dueAt: Instant }
  /** A try to reach the customer that nobody answered, for the count of tries. */
  | { type: 'note_attempt' }
  /** Evidence of an answer that no machine saw: the id of a mail, the reference of a letter. */
  | { type: 'note_reply'; kind: 'mail' | 'letter'; reference: string; at: Instant }
  /** The published checklist of the category is the ticket's from now on. */
  | { type: 'begin_guidance'; category: string }
  | {
      type: 'save_answers'
      /** Left out: as they were saved before. */
      steps?: Record<string, { answer: 'ok' | 'nok' | 'skipped'; note: string }> | undefined
      fields?: Record<string, string | number | boolean> | undefined
      result: 'ok' | 'unknown' | 'nok'
    }
  /** Everything of this ticket goes to another one, or comes back. */
  | { type: 'merge'; into: string }
  | { type: 'unmerge' }
  /** The customer got through first. */
  | { type: 'supersede_promises' }
  | { type: 'cancel_promises'; reason: string }
  /** The children of an outage go to the answer, with their callbacks queued. */
  | { type: 'release_children'; cancelled: boolean }
  /** The team that owns the new state has something to do. */
  | { type: 'tell_team' }

/**
 * No step of the table: what the service itself does to a ticket when its outage is over, and a ticket
 * that somebody takes out of an outage again.
 */
export type ServiceMove = 'outage_ended' | 'outage_cancelled' | 'outage_unlinked'

/** A ticket took one step of the process, in the transaction that states it. */
export interface TicketWalked {
  type: 'ticket_walked'
  ticketId: string
  action: ProcessAction | ServiceMove
  from: TicketStatus
  to: TicketStatus
  /** Null when the service itself did it. */
  actorId: string | null
  at: Instant
  loopNo: number
  /** What was given with it, for the timeline. */
  input: Readonly<Record<string, unknown>>
  /** What it is the word of, when the service itself took it: a try counts once by it. */
  reference?: string
  effects: readonly ProcessEffect[]
}
