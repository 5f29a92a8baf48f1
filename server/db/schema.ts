import type { Generated, Kysely, Selectable } from 'kysely'
import type { CustomerTables } from './customer-tables.ts'
import type {
  ChecklistAnswerTable,
  ChecklistVersionTable,
  HandOverNoteTable,
  HandOverTable,
  HelpRequestTable,
  NotificationTable,
  OutageTable,
  OutgoingCallTable,
  ReplyEvidenceTable,
  ShiftMessageTable,
  TeamMemberTable,
  TeamTable,
  TicketCallTable,
  TicketClockTable,
  TicketMergeTable,
} from './process-tables.ts'
import type {
  SearchDocTable,
  SearchDueBulkTable,
  SearchDueCustomerTable,
  SearchDueHeldTable,
  SearchDueTable,
} from './search-tables.ts'
import type {
  AttachmentTable,
  AttachmentThumbnailTable,
  CallCountColumns,
  CallSegmentTable,
  LooseFileTable,
  TicketTable,
  TicketTimelineTable,
} from './ticket-tables.ts'
import type {
  AgentStateTable,
  AgentTimeTable,
  AlarmRuleTable,
  AlarmTable,
  AuditTable,
  DraftTable,
  ExtensionHolderTable,
  SavedViewTable,
  SessionTable,
  SignInOriginTable,
  SignInThrottleTable,
  BrowserPhoneTable,
  FigureTargetTable,
  StaffTable,
  TextModuleTable,
  WallDeviceTable,
} from './staff-tables.ts'

/**
 * Every table as the stores see it. Columns are `text` and `integer` only: instants are UTC text
 * with `Z` and milliseconds, flags 0/1, JSON is text parsed by zod in its store, durations whole
 * seconds. `migrations/` makes exactly this on SQLite and PostgreSQL.
 */
export interface Tables extends CustomerTables {
  staff: StaffTable
  browser_phone: BrowserPhoneTable
  figure_target: FigureTargetTable
  session: SessionTable
  extension_holder: ExtensionHolderTable
  sign_in_throttle: SignInThrottleTable
  sign_in_origin: SignInOriginTable
  agent_state: AgentStateTable
  audit: AuditTable
  draft: DraftTable
  text_module: TextModuleTable
  saved_view: SavedViewTable
  wall_device: WallDeviceTable
  alarm_rule: AlarmRuleTable
  alarm: AlarmTable
  alarm_message: AlarmMessageTable
  call: CallTable
  call_event: CallEventTable
  call_segment: CallSegmentTable
  agent_time: AgentTimeTable
  ticket: TicketTable
  ticket_timeline: TicketTimelineTable
  attachment: AttachmentTable
  attachment_thumbnail: AttachmentThumbnailTable
  loose_file: LooseFileTable
  counter: CounterTable
  callback: CallbackTable
  callback_attempt: CallbackAttemptTable
  outgoing_call: OutgoingCallTable
  screen_pop: ScreenPopTable
  set_aside: SetAsideTable
  calendar_day: CalendarDayTable
  setting: SettingTable
  ticket_clock: TicketClockTable
  checklist_version: ChecklistVersionTable
  checklist_answer: ChecklistAnswerTable
  reply_evidence: ReplyEvidenceTable
  team: TeamTable
  team_member: TeamMemberTable
  notification: NotificationTable
  ticket_merge: TicketMergeTable
  ticket_call: TicketCallTable
  outage: OutageTable
  help_request: HelpRequestTable
  shift_message: ShiftMessageTable
  hand_over: HandOverTable
  hand_over_note: HandOverNoteTable
  search_due: SearchDueTable
  search_due_customer: SearchDueCustomerTable
  search_due_bulk: SearchDueBulkTable
  search_due_held: SearchDueHeldTable
  ticket_doc: SearchDocTable
  customer_doc: SearchDocTable
}

/** A connection or a transaction: stores take either. */
export type Db = Kysely<Tables>

/** One row as it is read. */
export type Row<Name extends keyof Tables> = Selectable<Tables[Name]>

/**
 * What rows that fall due carry, of one shape on every such table (`schedule/due-store.ts`): who has
 * the row and until when, which taking of it this is, and how often doing it has failed.
 */
export interface DueColumns {
  due_owner: string | null
  due_lease_until: string | null
  due_fence: Generated<number>
  due_tries: Generated<number>
  due_error: string | null
  /** Not before this; null with `due_tries` at its most means set aside. */
  due_retry_at: string | null
}

/** What a webhook is told; `body` is JSON, `sent_at` null while it is due. */
export interface AlarmMessageTable extends DueColumns {
  id: string
  body: string
  made_at: string
  sent_at: string | null
}

/** Columns are for queries; `state` is the whole pure Call as JSON. Unique (pbx_id, uniqueid). */
export interface CallTable extends DueColumns, CallCountColumns {
  id: string
  pbx_id: string
  uniqueid: string
  direction: string
  status: string
  outcome: string | null
  queue: string | null
  caller_raw: string
  caller_key: string | null
  entered_at: string
  answered_at: string | null
  ended_at: string | null
  wait_seconds: number | null
  talk_seconds: number | null
  recovered: number
  local_day: string
  /** When it came to owe a ticket; with `ticket_id` null it still owes it. */
  ticket_moment_at: string | null
  ticket_id: string | null
  state: string
  updated_at: string
}

/** The timeline of a call: `event_key` makes a doubled event one row. Unique (call_id, event_key). */
export interface CallEventTable {
  id: string
  call_id: string
  event_key: string
  at: string
  kind: string
  detail: string
}

/** Gap-free running numbers: `ticket:2026` → 123. */
export interface CounterTable {
  name: string
  value: number
}

/** At most one open (scheduled, dialing) row per ticket: partial unique index. */
export interface CallbackTable extends DueColumns {
  id: string
  /** Null while nobody has talked to the caller whom the service itself promised it to. */
  ticket_id: string | null
  number_raw: string
  /** What is dialled: national digits. */
  number_dial: string
  due_at: string
  status: string
  note: string
  /** Null: whoever of the team is free. */
  assignee_id: string | null
  waiting_for: string | null
  attempts: number
  /** How often it was tried again by itself since a person last chose its time. */
  retries: Generated<number>
  /** How many of its attempts the trunk or the PBX spoiled since then. */
  faults: Generated<number>
  /** While dialing: until when another process leaves it alone. */
  lease_until: string | null
  cancel_reason: string | null
  /** "Dial now": when, by whom, and the version of the row that they saw. */
  asked_at: string | null
  asked_version: number | null
  asked_by: string | null
  version: number
  /** Null: a rule of the service made it. */
  created_by: string | null
  reason: string
  team: string
  /** The moment that was promised: retries move `due_at` alone. */
  promised_for: string
  /** 1: the customer chose this moment. */
  agreed: Generated<number>
  /** Until when it is merely late: the end of that day's calling hours. */
  late_until: Generated<string | null>
  first_attempt_at: Generated<string | null>
  /** kept, late, broken, superseded or cancelled; null until it is known. */
  verdict: Generated<string | null>
  queue: Generated<string | null>
  missed_call_id: Generated<string | null>
  /** 1: one act promised it to many, as the end of an outage does. */
  by_act: Generated<number>
  created_at: string
  updated_at: string
}

/** Stored with its `channel_id` before Originate is written. Unique (pbx_id, channel_id). */
export interface CallbackAttemptTable {
  id: string
  callback_id: string
  number: number
  pbx_id: string
  channel_id: string
  extension: string
  stage: string
  outcome: string | null
  hangup_cause: number | null
  submitted_at: string
  ended_at: string | null
  call_id: string | null
  /** Who said how it really went; null: the PBX. */
  outcome_by: string | null
  /** Between the customer's answer and the end; null: nobody answered, or it is not known. */
  talk_seconds: number | null
  /** Who called and has not said yet how it went; null: nobody is asked. */
  awaits_word_of: string | null
}

/** One row per (call, agent) with receipts; `rev` grows with every change. Unique (call_id, staff_id). */
export interface ScreenPopTable {
  id: string
  call_id: string
  staff_id: string
  stage: string
  rev: number
  ticket_id: string | null
  created_at: string
  changed_at: string
  sent_at: string | null
  /** The newest revision the browser said it has shown. */
  seen_rev: number
  seen_at: string | null
  /** 1 while `stage` is ringing or answered, else null: the condition of an index. */
  on_screen: 1 | null
}

/** What the service gave up on, for people to look at. */
export interface SetAsideTable {
  id: string
  at: string
  kind: string
  subject: string
  reason: string
  detail: string
}

export interface CalendarDayTable {
  date: string
  kind: string
  name: string
  confidence: string
}

export interface SettingTable {
  key: string
  value: string
}
