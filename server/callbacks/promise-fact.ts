import type { AttemptOutcome } from '#contract/callbacks.ts'
import type { CallDevice } from '#contract/outgoing-calls.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Team } from '#contract/tickets.ts'
import type { Call } from '../calls/conversation/call.ts'

/** What becomes of promises that belong to a ticket. */
export type PromiseFact =
  /** An administrator set when and how often customers are called back. */
  | { type: 'promise_rules_changed'; actorId: string; detail: Record<string, string> }
  /** A callback was promised, or a promise got another due time; `actorId` is null for the service. */
  | {
      type: 'promise_made' | 'promise_moved'
      promiseId: string
      ticketId: string
      actorId: string | null
      dueAt: Instant
    }
  /** `actorId` is null when the service ended it, as for a customer who got through first. */
  | {
      type: 'promise_cancelled'
      promiseId: string
      ticketId: string
      actorId: string | null
      reason: string
    }
  /** A person pressed "dial now". */
  | { type: 'promise_asked'; promiseId: string; ticketId: string; actorId: string }
  /** Somebody else keeps it now; `actorId` is null when the service found its owner gone. */
  | {
      type: 'promise_handed_over'
      promiseId: string
      ticketId: string
      actorId: string | null
      /** Null: its team. */
      fromId: string | null
      toId: string
      toName: string
      /** Of the promise before it. */
      version: number
    }
  /** Minutes before it is due its owner is on a pause, or nobody is there to keep it. */
  | {
      type: 'promise_at_risk'
      promiseId: string
      ticketId: string
      dueAt: Instant
      team: Team
    }
  /** A person said how its last attempt really went, or that it needs no call any more. */
  | {
      type: 'promise_outcome_given'
      promiseId: string
      ticketId: string
      actorId: string
      /** The attempt that it is about; 0: it was never dialled. */
      attempt: number
      outcome: AttemptOutcome
      /** What was known of it before; null: nothing. */
      was: AttemptOutcome | null
      /** What the customer said of the matter: a step of the ticket; null: nothing. */
      result: 'ok' | 'nok' | null
      note: string
    }
  /** An attempt ended, or what was known of its end was corrected. */
  | {
      type: 'promise_attempted'
      promiseId: string
      ticketId: string
      /** Who called; null: the customer was rung first, and nobody of ours took part. */
      assigneeId: string | null
      /** What was dialled: national digits. */
      numberDial: string
      /** Null while nothing was heard of it. */
      callId: string | null
      attempt: number
      extension: string
      outcome: AttemptOutcome
      submittedAt: Instant
      /** It got as far as the customer's telephone: only then it counts. */
      calledCustomer: boolean
    }
  /** The call that keeps a promise was heard for the first time: it belongs to that ticket. */
  | { type: 'promise_call_begun'; callId: string; ticketId: string }

/** Of promises that have no ticket yet. */
export type MissedFact =
  /** A missed caller is talked to at last: the promise needs its ticket. */
  | {
      type: 'missed_caller_reached'
      promiseId: string
      callId: string
      called: Call
      /** Null when the attempt is over already: then whose the extension was. */
      assigneeId: string | null
      extension: string
      numberRaw: string
      /** The call that the promise was made for. */
      missedCallId: string | null
    }
  /** A person gave a missed caller up. */
  | { type: 'missed_caller_dropped'; promiseId: string; actorId: string; reason: string }
  /** An administrator set which missed callers are called back. */
  | { type: 'missed_rules_changed'; actorId: string; detail: Record<string, string> }

/** Of calls that a person orders. */
export type OutgoingFact =
  /** The call that a person ordered was heard for the first time: it belongs to that ticket. */
  | {
      type: 'outgoing_call_begun'
      callId: string
      ticketId: string | null
      actorId: string
    }
  /** It ended, or what was known of its end was corrected. */
  | {
      type: 'outgoing_call_ended'
      /** Null when the PBX never showed it. */
      callId: string | null
      ticketId: string | null
      actorId: string
      /** What was dialled: national digits. */
      numberDial: string
      device: CallDevice
      outcome: AttemptOutcome
      endedAt: Instant
    }
