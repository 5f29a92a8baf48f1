import type { Instant } from '#contract/primitives.ts'
import type { MemberState } from '#contract/queues.ts'
import type { QueueMemberView } from './queue-event.ts'
import { plusSeconds } from '../time.ts'

type Seen = Pick<QueueMemberView, 'deviceStatus' | 'paused' | 'lastCallAt' | 'wrapUpSeconds'>

/**
 * What a supervisor needs to know of a member. The phone speaks first (a paused agent on a call is
 * on a call), then the pause, then wrap-up, which Asterisk announces by no event.
 */
export function memberStateAt(member: Seen, now: Instant): MemberState {
  const device = deviceState(member.deviceStatus)
  if (device !== 'free') return device
  if (member.paused) return 'paused'
  const wrapUpEnd = wrapUpEndsAt(member)
  return wrapUpEnd !== null && now < wrapUpEnd ? 'wrap_up' : 'ready'
}

/** When the queue offers this member calls again after the last one; null when it never had one. */
export function wrapUpEndsAt(member: Pick<Seen, 'lastCallAt' | 'wrapUpSeconds'>): Instant | null {
  if (member.lastCallAt === null || member.wrapUpSeconds === 0) return null
  return plusSeconds(member.lastCallAt, member.wrapUpSeconds)
}

/** Asterisk's device states (ami.md §3.3); 7 rings while talking, so the talk is what matters. */
function deviceState(status: number): 'in_call' | 'ringing' | 'unavailable' | 'free' {
  switch (status) {
    case 2:
    case 3:
    case 7:
    case 8:
      return 'in_call'
    case 6:
      return 'ringing'
    case 4:
    case 5:
      return 'unavailable'
    default:
      return 'free'
  }
}

const MOST_TELLING: readonly MemberState[] = [
  'in_call',
  'ringing',
  'wrap_up',
  'ready',
  'paused',
  'unavailable',
]

/** One word for a phone that is a member of several queues. */
export function mostTelling(states: readonly MemberState[]): MemberState | null {
  return MOST_TELLING.find((state) => states.includes(state)) ?? null
}
