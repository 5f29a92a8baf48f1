import type { CallbackStatus } from '#contract/callbacks.ts'

/** From these a person may act: `failed` waits for a person, so all is open to it. */
export const WAITING: readonly CallbackStatus[] = ['scheduled', 'failed']
const ANY: readonly CallbackStatus[] = ['scheduled', 'dialing', 'failed', 'done', 'cancelled']

/** From which states an event is possible, and its participle for the refusal. */
export const POSSIBLE = {
  moved: { from: WAITING, verb: 'rescheduled' },
  asked: { from: WAITING, verb: 'dialled' },
  handed_over: { from: WAITING, verb: 'handed over' },
  cancelled: { from: WAITING, verb: 'cancelled' },
  claimed: { from: ['scheduled'], verb: 'claimed' },
  connected: { from: ['dialing'], verb: 'given to who answered' },
  given_back: { from: ['dialing'], verb: 'given back' },
  held_up: { from: ['scheduled'], verb: 'held up' },
  attempt_ended: { from: ANY, verb: 'ended' },
  corrected: { from: ANY, verb: 'corrected' },
  retried: { from: WAITING, verb: 'tried again' },
  outcome_given: { from: ['scheduled', 'failed', 'done', 'cancelled'], verb: 'given an outcome' },
  restored: { from: ['cancelled'], verb: 'restored' },
  expired: { from: ['dialing'], verb: 'given to a person' },
  too_late: { from: ['scheduled'], verb: 'given to a person' },
  closed: { from: ['scheduled'], verb: 'promised for another day' },
  day_over: { from: WAITING, verb: 'called broken' },
} satisfies Record<string, { from: readonly CallbackStatus[]; verb: string }>

/** Why a promise in this state cannot be … (`verb`). */
export function whyNot(status: CallbackStatus, verb: string): string {
  switch (status) {
    case 'dialing':
      return `the promise is being dialled now and cannot be ${verb} before the attempt has ended`
    case 'done':
      return `the promise is kept (done) and cannot be ${verb}`
    case 'cancelled':
      return `the promise is cancelled and cannot be ${verb}`
    case 'scheduled':
    case 'failed':
      return `the promise is ${status} and cannot be ${verb}`
  }
}
