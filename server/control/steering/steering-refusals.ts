import type { MemberState } from '#contract/queues.ts'
import type { SpyMode } from '#contract/supervision/steering.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Call, Segment } from '../../calls/conversation/call.ts'
import type { Refusal } from '../../errors.ts'
import type { PhoneUse } from './steering-order.ts'
import type { SteeringAction } from './steering-fact.ts'

/** The agents who talk on the call now. */
export function talking(call: Call): Segment[] {
  return call.segments.filter(({ endedAt }) => endedAt === null)
}

/** Whom a supervisor would hear: the agent asked for, or the only one; else why none. */
export function heardAgent(
  call: Call,
  user: SessionUser,
  asked: string | undefined,
): Segment | Refusal {
  const agents = talking(call).filter(({ extension }) => extension !== user.extension)
  const [only] = agents
  if (only === undefined) return conflict('nobody_talks', 'no agent talks on this call now')
  if (asked === undefined && agents.length > 1) {
    const who = agents.map(({ extension }) => extension).join(', ')
    return invalid('extension', 'which_agent', `several talk on it: give one of ${who}`)
  }
  const found = asked === undefined ? only : agents.find(({ extension }) => extension === asked)
  return found ?? conflict('nobody_talks', `extension ${asked} does not talk on this call`)
}

export function isRefusal(found: Segment | Refusal): found is Refusal {
  return 'status' in found
}

/** Why a supervisor's phone cannot be rung; null when it can. */
export function refusalOfOwnPhone(use: PhoneUse): Refusal | null {
  switch (use) {
    case 'free':
      return null
    case 'busy':
      return conflict('own_phone_busy', 'your phone is on a call: end that first')
    case 'away':
      return conflict('own_phone_away', 'your phone is not connected')
  }
}

/** What a waiting caller could be sent to. */
export interface SendTarget {
  person: SessionUser | null
  /** As the queues show the phone; null when it is in none. */
  state: MemberState | null
  /** Whether the phone is a member of a queue. */
  isMember: boolean
}

/** Why a waiting caller cannot be sent to them; null when they can. */
export function refusalOfSend({ person, state, isMember }: SendTarget): Refusal | null {
  if (person === null) return invalid('staffId', 'no_such_person', 'nobody of this id works here')
  if (person.extension === null) return invalid('staffId', 'target_no_phone', 'they have no phone')
  if (person.role !== 'agent' && !isMember) {
    return invalid('staffId', 'target_no_agent', 'they take no calls of the queues')
  }
  switch (state) {
    case 'in_call':
    case 'ringing':
      return refusalOfTarget('busy')
    case 'unavailable':
      return refusalOfTarget('away')
    case 'ready':
    case 'wrap_up':
    case 'paused':
    case null:
      return null
  }
}

/** The same by what the phone itself does. */
export function refusalOfTarget(use: PhoneUse): Refusal | null {
  switch (use) {
    case 'free':
      return null
    case 'busy':
      return conflict('target_busy', 'they are on a call')
    case 'away':
      return conflict('target_unreachable', 'their phone is not connected')
  }
}

/** As it stands in the trail. */
export function spyAction(mode: SpyMode): SteeringAction {
  switch (mode) {
    case 'listen':
      return 'listened'
    case 'whisper':
      return 'whispered'
    case 'barge':
      return 'barged'
  }
}

function conflict(code: string, message: string): Refusal {
  return { status: 409, code, message }
}

function invalid(path: string, code: string, message: string): Refusal {
  return { status: 422, code, message, path }
}
