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

/** One agent's part of a call, in the order in which they began. Key (call_id, part). */
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
  ended_at: string | null
  /** End − start − hold; null while they talk. */
  talk_seconds: number | null
  hold_seconds: number
  /** From the end of talk until they were free again; null: not known yet. */
  wrap_up_seconds: number | null
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
