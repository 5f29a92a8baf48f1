import type { CallbackStatus, WaitingFor } from '#contract/callbacks.ts'

/** What the dialler does, to many rows in one statement. */
export type StepEvent =
  /** Taken, together with a new attempt; `by`: whom of its team is rung for it. */
  | { type: 'claimed'; by?: string }
  /** That attempt was not stored, as another one has the phone: undone in the same transaction. */
  | { type: 'given_back'; isTeams?: boolean }
  /** It is due, and this keeps it waiting. */
  | { type: 'held_up'; by: WaitingFor }

/** A step as columns to set and counters to move, so that one statement can do it to many rows. */
export interface Step {
  from: CallbackStatus
  set: { status?: CallbackStatus; waitingFor?: WaitingFor | null; assigneeId?: string | null }
  attempts: number
  version: number
}

/**
 * A claim moves the version on, which spends a "dial now" and stops whoever is about to move or
 * cancel what they read before; giving back undoes exactly that. What a promise waits for is shown
 * without a new version: what a person is editing did not change.
 */
export function stepOf(event: StepEvent): Step {
  switch (event.type) {
    case 'claimed':
      return {
        from: 'scheduled',
        set: {
          status: 'dialing',
          waitingFor: null,
          ...(event.by === undefined ? {} : { assigneeId: event.by }),
        },
        attempts: 1,
        version: 1,
      }
    case 'given_back':
      return {
        from: 'dialing',
        set: {
          status: 'scheduled',
          waitingFor: 'agent',
          ...(event.isTeams === true ? { assigneeId: null } : {}),
        },
        attempts: -1,
        version: -1,
      }
    case 'held_up':
      return { from: 'scheduled', set: { waitingFor: event.by }, attempts: 0, version: 0 }
  }
}
