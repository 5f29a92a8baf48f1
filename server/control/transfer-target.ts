import type { ConsultEnd } from '#contract/calls.ts'
import type { MemberState } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Consult } from '../calls/talk/consult.ts'
import type { Refusal } from '../errors.ts'

/** What is known of a colleague who is to take a call; `state` as in the directory. */
export interface Target {
  person: SessionUser | null
  state: MemberState | null
}

/** Why this colleague cannot take the call; null when they can. */
export function refusalOfTarget(user: SessionUser, { person, state }: Target): Refusal | null {
  if (person === null) return refused('no_such_person', 'nobody of this name works here')
  if (person.id === user.id) return refused('target_self', 'this is your own phone')
  if (person.extension === null) return refused('target_no_phone', 'they have no phone')
  switch (state) {
    case 'in_call':
    case 'ringing':
      return refused('target_busy', 'they are on another call')
    case 'unavailable':
      return refused('target_unreachable', 'their phone is not connected')
    case 'ready':
    case 'wrap_up':
    case 'paused':
    case null:
      return null
  }
}

/** Why this queue cannot take the call; null when it can. */
export function refusalOfQueue(queue: string, hotlineQueues: readonly string[]): Refusal | null {
  if (hotlineQueues.includes(queue)) return null
  return refused('no_such_queue', `there is no queue "${queue}"`)
}

/** While a colleague is asked the caller waits, and goes nowhere but to them or back. */
export function refusalDuring(consult: Consult | null): Refusal | null {
  if (consult === null) return null
  const message = 'a colleague is being asked: give them the caller, or take the caller back first'
  return { status: 409, code: 'consult_open', message }
}

/** Why a consultation cannot be ended so; null when it can. */
export function refusalOfEnd(consult: Consult | null, end: ConsultEnd['end']): Refusal | null {
  if (consult === null)
    return { status: 409, code: 'consult_over', message: 'nobody is being asked any more' }
  if (end === 'take_back' || consult.stage === 'talking') return null
  return { status: 409, code: 'consult_unanswered', message: 'the colleague has not answered yet' }
}

function refused(code: string, message: string): Refusal {
  return { status: 422, code, message, path: 'to' }
}
