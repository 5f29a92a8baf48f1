import type { Generated } from 'kysely'

/**
 * One running of one clock of a ticket, kept for ever (`process.md` §5). `pauses` is JSON of
 * `{from, to|null, why}`; `due_at` is net of them and null while one is open whose end nobody knows.
 * `alarm` is the next alarm, null when none is left; `alarm_at` its moment, null too while the clock
 * stands.
 */
export interface TicketClockTable {
  id: string
  ticket_id: string
  kind: string
  loop_no: number
  started_at: string
  /** Wall-clock length; null for clocks that count working days. */
  length_ms: number | null
  working_days: number | null
  due_at: string | null
  pauses: string
  stopped_at: string | null
  stop_reason: string | null
  /** JSON of the result as it stood at closing: raw and net milliseconds, kept or broken. */
  frozen: string | null
  alarm: string | null
  alarm_at: string | null
  due_owner: string | null
  due_lease_until: string | null
  due_fence: Generated<number>
  due_tries: Generated<number>
  due_error: string | null
  due_retry_at: string | null
}

/** Content of one checklist as it stood when `number` was published; tickets keep theirs. */
export interface ChecklistVersionTable {
  id: string
  category: string
  number: number
  status: string
  /** Counts the changes of a draft. */
  version: number
  content: string
  created_by: string | null
  created_at: string
  published_at: string | null
}

export interface ChecklistAnswerTable {
  ticket_id: string
  /** The common steps as they stood when the guidance began. */
  common_version_id: string
  /** The checklist of the category; null while the ticket has none. */
  version_id: string | null
  version: number
  /** JSON: `{stepId: {answer, note, at}}`. */
  steps: string
  /** JSON: values of the typed fields. */
  fields: string
  result: string | null
  updated_by: string | null
  updated_at: string
}

/** That the customer was answered on a channel (`process.md` #22). Unique (ticket_id, kind, reference). */
export interface ReplyEvidenceTable {
  id: string
  ticket_id: string
  channel: string
  /** call, mail, letter, attempt (nobody was reached). */
  kind: string
  at: string
  /** Call id, message id or the letter's reference. */
  reference: string
  loop_no: number
  staff_id: string | null
}

/** `areas` is JSON: the areas that a field team serves; empty: all. */
export interface TeamTable {
  id: string
  kind: string
  name: string
  areas: string
  active: number
  version: number
}

export interface TeamMemberTable {
  team_id: string
  staff_id: string
  is_lead: number
}

/** `once_key` makes a doubled alarm one row. Unique (staff_id, once_key). */
export interface NotificationTable {
  id: string
  staff_id: string
  once_key: string
  at: string
  kind: string
  ticket_id: string | null
  fields: string
  read_at: string | null
}

/** `before` is JSON of what the merge changed, enough to undo it exactly. */
export interface TicketMergeTable {
  id: string
  source_id: string
  target_id: string
  at: string
  by_id: string | null
  before: string
  undone_at: string | null
  undone_by: string | null
}

/** A call that was moved to another ticket, one row per move; `call.ticket_id` is where it is now. */
export interface TicketCallTable {
  call_id: string
  ticket_id: string
  moved_from: string | null
  at: string
  by_id: string | null
  merge_id: string | null
}

/**
 * An area outage: `offered` by what callers say, `open` with its parent ticket, `ended` with it (or,
 * without a ticket, as an offer that nobody took up). Unique (ticket_id), (once_key).
 */
export interface OutageTable {
  id: string
  /** Null for an offer. */
  ticket_id: string | null
  status: string
  area: string | null
  service: string | null
  message: string
  expected_until: string | null
  callbacks_per_minute: number
  /** Distinct callers when it was offered; 0 when a person opened it. */
  callers: number
  /** The area or service with the first call of its window: one window is offered once. */
  once_key: string | null
  offered_at: string | null
  opened_at: string | null
  ended_at: string | null
  /** 1: its parent was cancelled, so its children go on as they were. */
  cancelled: Generated<number>
  /** When the next callback of a released child may be due. */
  next_callback_at: string | null
  /** When the last of its children had been released. */
  released_at: string | null
  version: number
}

/**
 * A call to a customer that a person ordered at once, with its one attempt; stored with its
 * `channel_id` before Originate is written. Unique (pbx_id, channel_id), and of what lives `phone` and
 * `number_dial`.
 */
export interface OutgoingCallTable {
  id: string
  ticket_id: string | null
  staff_id: string
  number_raw: string
  /** What is dialled: national digits. */
  number_dial: string
  /** extension, mobile. */
  device: string
  /** The extension, or the national digits of the mobile. */
  phone: string
  pbx_id: string
  channel_id: string
  stage: string
  outcome: string | null
  hangup_cause: number | null
  submitted_at: string
  ended_at: string | null
  /** When the PBX is asked what became of it; null when it has ended. */
  look_up_at: string | null
  call_id: string | null
}

/** Open while `ended_at` is null, of a person one at a time. */
export interface HelpRequestTable {
  id: string
  staff_id: string
  call_id: string | null
  ticket_id: string | null
  asked_at: string
  expires_at: string
  taken_by: string | null
  taken_at: string | null
  ended_at: string | null
  end_reason: string | null
}

/** `staff_id` null: to the shift. Who was told and has read it are notifications. */
export interface ShiftMessageTable {
  id: string
  sender_id: string
  staff_id: string | null
  text: string
  sent_at: string
  valid_until: string
}

/** `sections` is JSON of what was left at that moment; `version` is that of the newest note. */
export interface HandOverTable {
  id: string
  at: string
  by_id: string
  sections: string
  version: number
}

export interface HandOverNoteTable {
  hand_over_id: string
  version: number
  note: string
  by_id: string
  at: string
}
