import type { AlarmStep } from '#contract/casework/clocks.ts'
import type { ChecklistCode } from '#contract/casework/guidance.ts'
import type { ClockKind } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'

export type ClockFact =
  /** A clock of the ticket has come to an alarm, and these people are told. */
  | {
      type: 'clock_alarmed'
      ticketId: string
      clock: ClockKind
      step: AlarmStep
      /** When the alarm was due. */
      at: Instant
      dueAt: Instant | null
      staffIds: readonly string[]
      /** The same for the same alarm, however often it is stated. */
      onceKey: string
    }
  /** An administrator set how long clocks run. */
  | { type: 'clock_settings_changed'; actorId: string; detail: Record<string, string> }

/** An answer to the customer was put on record, or on which channel they want it. */
export interface ReplyFact {
  type: 'reply_noted'
  ticketId: string
  actorId: string
  /** When the customer had a word of us; null: it tells of none. */
  answeredAt: Instant | null
  note: string
  fields: Record<string, string>
}

/** Answers of a ticket's checklist were saved. */
export interface GuidanceSaved {
  type: 'guidance_saved'
  ticketId: string
}

export type GuidanceFact =
  | GuidanceSaved
  /** A checklist has a new version; `detail` says what it changes. */
  | {
      type: 'checklist_published'
      actorId: string
      category: ChecklistCode
      number: number
      detail: Record<string, string>
    }

export type SettingFact = {
  /** An administrator changed what stands on papers for customers. */
  type: 'company_changed'
  actorId: string
  detail: Record<string, string>
}

export type OutageFact =
  /** Somebody opens an area outage: it has this parent ticket. */
  | {
      type: 'outage_declared'
      ticketId: string
      area: string | null
      service: string | null
      /** Area and service as one name. */
      name: string
      message: string
      user: SessionUser
    }
  /** People are told something else of an open outage. */
  | {
      type: 'outage_told'
      ticketId: string
      actorId: string
      message: string
      expectedUntil: Instant | null
    }
  /** Open outages are others now, or say something else: what is on screens is shown anew. */
  | { type: 'outage_news' }
  /** These tickets are to be linked to the outage, or taken out of it again, all or none. */
  | {
      type: 'outage_links_asked' | 'outage_unlinks_asked'
      outageId: string
      ticketIds: readonly string[]
      user: SessionUser
    }
  /** So many people call from there: the shift may open an outage. */
  | {
      type: 'outage_offered'
      offerId: string
      scope: 'area' | 'service'
      name: string
      callers: number
      staffIds: readonly string[]
      onceKey: string
    }
  /** The outage of this ticket is over, and it is its turn. */
  | {
      type: 'outage_child_due'
      ticketId: string
      outageId: string
      cancelled: boolean
      restoredAt: Instant
      /** When the customer is to be called; null: not by this. */
      callbackAt: Instant | null
    }
  | { type: 'outage_settings_changed'; actorId: string; detail: Record<string, string> }
