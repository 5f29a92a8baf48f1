import type { TicketCategory } from '#contract/casework/guidance.ts'
import type { Instant } from '#contract/primitives.ts'
import type { PbxStatus } from '#contract/queues.ts'
import type { TicketKind } from '#contract/tickets.ts'
import type { CallFact, PartsFact } from './calls/conversation/call-fact.ts'
import type {
  ClockFact,
  GuidanceFact,
  OutageFact,
  ReplyFact,
  SettingFact,
} from './process/casework-fact.ts'
import type { TicketWalked } from './process/effect.ts'
import type { ControlFact } from './control/control-fact.ts'
import type { SteeringFact } from './control/steering/steering-fact.ts'
import type { ShiftFact } from './shift/shift-fact.ts'
import type { MissedFact, OutgoingFact, PromiseFact } from './callbacks/promise-fact.ts'
import type { StaffFact } from './staff/staff-fact.ts'
import type { SupervisionFact } from './wall/supervision-fact.ts'
import type { DueAt } from './tickets/clocks.ts'

/** What has happened, stated in the transaction that made it true; `workflow.ts` says what follows in it. */
export type DomainFact =
  | CallDomainFact
  | AnswersFact
  | RepeatFact
  | PartsFact
  | PromiseFact
  | MissedFact
  | OutgoingFact
  | TicketFact
  | CustomerFact
  | TicketWalked
  | ClockFact
  | ReplyFact
  | StaffFact
  | CalendarFact
  | QueueFact
  | ControlFact
  | SteeringFact
  | TeamFact
  | TextFact
  | ViewFact
  | GuidanceFact
  | SettingFact
  | OutageFact
  | SupervisionFact
  | ShiftFact

/** What the workflow follows itself: neither of calls nor of promises, outages, supervision and shifts. */
export type OtherFact = Exclude<
  DomainFact,
  | CallDomainFact
  | OutageFact
  | PromiseFact
  | MissedFact
  | OutgoingFact
  | SupervisionFact
  | ShiftFact
>

/** A fact of the call book, with the id under which the call is stored. */
export type CallDomainFact = Exclude<CallFact, { type: 'call_answered' }> & { callId: string }

export type CallAnswered = Extract<CallFact, { type: 'call_answered' }> & { callId: string }

/** Calls that were first answered in the same breath, each once: a burst opens its tickets together. */
export type AnswersFact = { type: 'calls_answered'; answers: readonly CallAnswered[] }

/** A commit was repeated: when only its answer had been lost, nobody was told of its rows. */
export type RepeatFact = { type: 'calls_saved_again'; callIds: readonly string[] }

/** What the clocks of a ticket begin with. */
export interface OpenedTicket {
  ticketId: string
  kind: TicketKind
  areaClass: string | null
  receivedAt: Instant
  /** When an agent had answered the call that opens it; null when nobody has spoken to the customer. */
  acknowledgedAt: Instant | null
}

export type TicketFact =
  /** Tickets were opened, those of a burst of calls together. */
  | { type: 'tickets_opened'; tickets: readonly OpenedTicket[] }
  /** What a ticket shows has changed: its words, its customer, its state. */
  | { type: 'ticket_changed'; ticketId: string }
  /** Somebody took it, was given it, or gave it back (`toId` null). */
  | {
      type: 'ticket_assigned'
      ticketId: string
      actorId: string
      how: 'taken' | 'given'
      fromId: string | null
      toId: string | null
      /** Of the ticket after it: the same for the same giving. */
      version: number
    }
  /** Who sees numbers masked was shown those of a ticket. */
  | {
      type: 'numbers_revealed'
      ticketId: string
      code: string
      actorId: string
      reason: string
    }
  /** A file of it was removed for good. */
  | { type: 'file_removed'; code: string; name: string; authorId: string; actorId: string }
  /** It is about something else: it has another checklist. */
  | {
      type: 'ticket_recategorised'
      ticketId: string
      category: TicketCategory | null
      actorId: string
    }
  /** Somebody said which customer calls from this number. */
  | { type: 'customer_picked'; phoneKey: string; customerId: string; staffId: string }

export type CustomerFact =
  /** A person said who the caller of this ticket is, by making the customer. */
  | { type: 'caller_identified'; ticketId: string; customerId: string; actorId: string }
  /** A file of customers is about to be switched in, in this transaction. */
  | { type: 'customers_import_begun'; importId: string }
  /** It was; what it has staged is there until this transaction is over. */
  | {
      type: 'customers_imported'
      importId: string
      actorId: string
      detail: Record<string, string>
    }

export type CalendarFact = {
  /** Days or rules of the working calendar changed; `dueAt` counts by the new one. */
  type: 'calendar_changed'
  actorId: string
  dueAt: DueAt
  detail: Record<string, string>
}

export type TeamFact = {
  /** A team was made, or its name, areas or members changed. */
  type: 'team_changed'
  actorId: string
  teamId: string
  detail: Record<string, string>
}

export type TextFact = {
  /** A text for long fields was written, changed or retired. */
  type: 'text_module_changed'
  actorId: string
  name: string
  detail: Record<string, string>
}

export type ViewFact = {
  /** A view that people share was made, changed, withdrawn or deleted. */
  type: 'view_shared'
  actorId: string
  viewId: string
  detail: Record<string, string>
}

export type QueueFact =
  /** A supervisor told a queue something about a member. */
  | ({ type: 'member_commanded' } & MemberTold)
  /** And the PBX did it. */
  | ({ type: 'member_steered' } & MemberTold)

export interface MemberTold {
  actorId: string
  extension: string
  detail: Record<string, string>
}

/** What is seen now and is no row: links and phones. Told outside transactions, lost without harm. */
export type LiveFact =
  | { type: 'pbx_status_changed'; status: PbxStatus[] }
  /** A phone may have become free, or a person ready: promises may be dialled. */
  | { type: 'reach_changed' }
  /** The board was published anew: five times a second at most. */
  | { type: 'board_changed' }
  /** Alarms were opened, ended or taken care of. */
  | { type: 'alarms_changed' }
