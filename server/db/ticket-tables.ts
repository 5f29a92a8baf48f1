import type { Generated } from 'kysely'

/** What the complaint process keeps on a ticket is null until a step fills it in. */
export interface TicketTable {
  id: string
  code: string
  status: string
  kind: string
  priority: string
  team: string
  channel: string
  subject: string
  description: string
  customer_id: string | null
  number_raw: string | null
  number_key: string | null
  assignee_id: string | null
  received_at: string
  due_at: string | null
  /** The conversation that opened it; unique, so one conversation never opens two. */
  opened_by_call_id: string | null
  recovered: number
  version: number
  created_at: string
  updated_at: string
  /** 1 at first; grows with every round through the process (`process.md` §4: loop_no + 1). */
  loop_no: Generated<number>
  /** When it came into its status; null: at its opening. */
  status_since: string | null
  /** In `need_customer_info`: the status it goes back to. */
  return_status: string | null
  return_assignee_id: string | null
  /** Who of CSKH had it when it was handed on: it comes back to them. */
  reception_id: string | null
  /** Who of NOC had it when it went to field: it comes back to them, if they are still of NOC. */
  noc_assignee_id: string | null
  /** What NOC or field asked the customer and nobody has answered yet. */
  open_question: string | null
  /** Code of the checklist (`NO_INTERNET`). */
  category: string | null
  service: string | null
  /** District or ward as people say it; `area_class` (urban, rural) decides the restoration clock. */
  area: string | null
  area_class: string | null
  /** Where the fault is; null: the installation address of the contract, else the customer's. */
  address: string | null
  contact_name: string | null
  /** The confirmed contact number; null: the number that called. */
  contact_raw: string | null
  contract_id: string | null
  /** JSON of `complainant` (contract/casework/process.ts); null: not asked yet. */
  complainant: string | null
  /** What the customer asks for, in their words: stands on the receipt slip. */
  customer_request: string | null
  cause_code: string | null
  resolution_code: string | null
  resolution: string | null
  /** When there was something to tell the customer: answers before it are no evidence. */
  result_known_at: string | null
  /** JSON: another channel that the customer agreed to, who said so and when. */
  reply_channel: string | null
  without_confirmation: Generated<number>
  /** 0: the subject is made of category, service and area. */
  subject_by_person: Generated<number>
  /** Which of several teams of the owner's kind; null: any. */
  team_id: string | null
  /** The hour the customer asked the technician to come. */
  visit_at: string | null
  restored_at: string | null
  closed_at: string | null
  parent_outage_id: string | null
  /** The outage whose end released it. */
  past_outage_id: string | null
  is_outage: Generated<number>
  /** The ticket it is part of now; such a ticket is in no list and has no action but unmerge. */
  merged_into: string | null
}

export interface TicketTimelineTable {
  id: string
  ticket_id: string
  at: string
  actor_id: string | null
  kind: string
  note: string
  fields: string
}

/** A file of a ticket; the file itself lies at `path` in the folder of attachments. */
export interface AttachmentTable {
  id: string
  ticket_id: string
  name: string
  type: string
  size: number
  path: string
  uploaded_by: string
  uploaded_at: string
  /** Made by whoever sent it; unique among what they sent. */
  client_id: string | null
}

/** The small picture of an attached one. */
export interface AttachmentThumbnailTable {
  attachment_id: string
  type: string
  /** Its bytes in base64. */
  picture: string
}

/** A file that no attachment has yet, or none has any more. */
export interface LooseFileTable {
  path: string
  noted_at: string
}

/** What one call adds to the counters of its queue; null in calls of earlier releases until they are counted. */
export interface CallCountColumns {
  offered: number | null
  answered: number | null
  abandoned: number | null
  abandoned_short: number | null
  timed_out: number | null
  asked: number | null
  within_level: number | null
  answer_wait_seconds: number | null
  /** The queue in whose counters it is: of first entry, or before which the caller was lost. */
  counted_queue: string | null
  /** Null until all of these are counted: the mark of a call that an earlier release stored. */
  entered: number | null
  within_service: number | null
  handled: number | null
  agent_talk_seconds: number | null
  agent_hold_seconds: number | null
  /** The bar of its wait in the histogram; null unless answered. */
  wait_bucket: number | null
  /** Of all its agents, added as each is free again; null: none yet. */
  wrap_up_seconds: number | null
}

/** One agent's part of a call that is over, by its place in the order of beginning. Key (call_id, part). */
export interface CallSegmentTable {
  call_id: string
  part: number
  extension: string
  /** Whose the phone was when the part began; null: nobody's here. */
  staff_id: string | null
  /** `queue`, `direct`, `pickup`, `transfer`, `callback`, `outgoing`, `recovered`. */
  how: string
  /** Of the call's entry: where the part counts. */
  local_day: string
  started_at: string
  ended_at: string
  /** End − start − hold. */
  talk_seconds: number
  hold_seconds: number
  /** From the end of talk until they were free again; null: not known yet. */
  wrap_up_seconds: number | null
}
