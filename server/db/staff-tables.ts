export interface StaffTable {
  id: string
  username: string
  display_name: string
  role: string
  extension: string | null
  /** A technician's own telephone, dialled through the trunk; null: the extension. */
  mobile: string | null
  active: number
  password_hash: string
  version: number
  created_at: string
  updated_at: string
}

/** `id` is the SHA-256 of the cookie's token: a stolen database signs nobody in. */
export interface SessionTable {
  id: string
  staff_id: string
  created_at: string
  last_seen_at: string
  expires_at: string
  address: string
  user_agent: string
}

/** `key` is `account:<username>`, `address:<network>` or `pair:<username>|<network or device>`. */
export interface SignInThrottleTable {
  key: string
  failures: number
  window_started_at: string
  blocked_until: string | null
}

/** From where a person has signed in: `address:<network>` or `device:<hash of a cookie>`. */
export interface SignInOriginTable {
  staff_id: string
  origin: string
  last_at: string
}

/** What the person wants to be; the PBX is made to match. */
export interface AgentStateTable {
  staff_id: string
  state: string
  reason: string | null
  since: string
  /** Of the pause `wrap_up`. */
  wrap_up_until: string | null
}

/** `valid_from` is a day in Vietnam; `value` in percent or seconds, null: none from then on. */
export interface FigureTargetTable {
  figure: string
  valid_from: string
  value: number | null
  set_by: string
  set_at: string
}

/** `extension` is the one whose web endpoint the secret is of; `device` is `desk` or `web`. */
export interface BrowserPhoneTable {
  staff_id: string
  extension: string
  sealed_secret: string
  device: string
}

export interface AuditTable {
  id: string
  at: string
  actor_id: string | null
  action: string
  subject: string
  detail: string
}

/** Whose an extension was, and is while `until` is null: calls of then keep their person. */
export interface ExtensionHolderTable {
  extension: string
  staff_id: string
  since: string
  until: string | null
}

/** Unsaved words of a person in one form of the pages; `written_at`: when they were typed. */
export interface DraftTable {
  staff_id: string
  key: string
  words: string
  written_at: string
}

/** Texts for long fields. Unique (name); `active` 0: no longer offered. */
export interface TextModuleTable {
  id: string
  name: string
  title: string
  text: string
  active: number
  version: number
  updated_by: string | null
  updated_at: string
}

/** Filters of a list under a name. `search` is JSON; `team` null: its owner's alone. */
export interface SavedViewTable {
  id: string
  staff_id: string
  list: string
  name: string
  search: string
  team: string | null
  version: number
  created_at: string
  updated_at: string
}

/**
 * A screen on the wall. `code_hash` until it is opened, then `cookie_hash`; both null once it is
 * withdrawn. Unique (code_hash), (cookie_hash).
 */
export interface WallDeviceTable {
  id: string
  name: string
  code_hash: string | null
  code_until: string
  cookie_hash: string | null
  made_by: string
  made_at: string
  opened_at: string | null
  last_seen_at: string | null
  withdrawn_at: string | null
}

/** `queue` null: all together; `quiet_from` and `quiet_to` are `HH:MM` in Vietnam. */
export interface AlarmRuleTable {
  id: string
  measure: string
  queue: string | null
  threshold: number
  clear_at: number
  hold_seconds: number
  severity: string
  quiet_from: string | null
  quiet_to: string | null
  active: number
  version: number
  updated_at: string
}

/** As its rule was when it was opened. Unique (rule_id) while `ended_at` is null. */
export interface AlarmTable {
  id: string
  rule_id: string
  measure: string
  queue: string | null
  severity: string
  threshold: number
  value: number
  worst: number
  opened_at: string
  ended_at: string | null
  acknowledged_at: string | null
  acknowledged_by: string | null
}

/** A stretch of time in which a person was in the queues in one state; `ended_at` null: still. */
export interface AgentTimeTable {
  staff_id: string
  started_at: string
  ended_at: string | null
  /** `ready` or `paused`. */
  state: string
  reason: string | null
}
