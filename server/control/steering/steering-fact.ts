/** What supervisors do to calls, callers and queues. */
export type SteeringAction =
  | 'listened'
  | 'whispered'
  | 'barged'
  | 'ended'
  | 'taken_over'
  | 'moved_up'
  | 'sent'
  | 'queue_closed'
  | 'penalty_set'

export interface Steered {
  actorId: string
  action: SteeringAction
  /** The call's id, the queue's name or the extension. */
  subject: string
  detail: Record<string, string>
}

export type SteeringFact =
  /** A supervisor gave the order. */
  | ({ type: 'steering_commanded' } & Steered)
  /** Somebody tried who may not. */
  | ({ type: 'steering_refused' } & Steered)
  /** An administrator set whether agents are told that they were listened to. */
  | { type: 'steering_settings_changed'; actorId: string; detail: Record<string, string> }
