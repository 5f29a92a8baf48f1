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

/**
 * A supervisor gave the order; or (`refused`) somebody tried who may not, of which `detail.tried` is the order; or an
 * administrator set what agents are told (`settings_changed`).
 */
export interface SteeringFact extends Omit<Steered, 'action'> {
  type: 'steering_commanded'
  action: SteeringAction | 'refused' | 'settings_changed'
}
